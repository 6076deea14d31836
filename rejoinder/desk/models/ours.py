"""What the organisation tells everybody about itself, and who speaks of it and belongs to it."""

from django.db import models

from rejoinder.team.models import Advisor


class OwnContact(models.Model):
    """One number, address, place or domain that may stand in public, or the handle of somebody who
    works for the organisation or is paid by it; kept by whoever steers.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PHONE = "phone", "Phone number"
        EMAIL = "email", "E-mail address"
        PLACE = "place", "Place"
        DOMAIN = "domain", "Domain"
        STAFF = "staff", "Handle of a colleague"
        PARTNER = "partner", "Handle of a paid partner"

    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=300)
    added_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "text"], name="one_own_contact_a_text")
        ]
