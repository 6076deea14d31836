"""Which crisis an incident belongs to, and which public answer tells of it."""

from django.db import models

from rejoinder.answers.models import Answer
from rejoinder.crisis.models.crisis import Crisis
from rejoinder.privacy.models import Incident
from rejoinder.team.models import Advisor


class Regarding(models.Model):
    """One row for an incident, as it was linked last."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="regarding")
    crisis = models.ForeignKey(
        Crisis, on_delete=models.PROTECT, null=True, related_name="incidents"
    )
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
