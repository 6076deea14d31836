"""What the organisation tells everybody about itself."""

from django.db import models

from rejoinder.team.models import Advisor


class OwnContact(models.Model):
    """One number, address, place or domain that may stand in public; kept by whoever steers."""

    class Kind(models.TextChoices):
        """What it is."""

        PHONE = "phone", "Phone number"
        EMAIL = "email", "E-mail address"
        PLACE = "place", "Place"
        DOMAIN = "domain", "Domain"

    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=300)
    added_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "text"], name="one_own_contact_a_text")
        ]
