"""People who do not want to be listened to."""

from django.db import models

from rejoinder.team.models import Advisor


class Objection(models.Model):
    """Blinded as in the vault: it stands after an erasure, and leads to nobody."""

    blind = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
