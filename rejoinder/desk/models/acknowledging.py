"""Whether the desk says by itself that nobody is there."""

from django.db import models
from django.db.models import Q

from rejoinder.team.models import Advisor


class Acknowledging(models.Model):
    """Somebody had it said so, by language, until `ended_at`. What leaves goes in their name."""

    texts = models.JSONField()
    began_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at=None), name="one_acknowledging"
            )
        ]
