"""How long what is kept, and legal holds."""

from datetime import datetime, timedelta

from django.db import models

from rejoinder.team.models import Advisor

GROUND_CAP = 300
KINDS = [(one, one) for one in ("channel", "purpose")]


class Period(models.Model):
    """How many days people of a channel, or values of a purpose, are kept. No row: without end."""

    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=60)
    days = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_period_a_name")]


class LegalHold(models.Model):
    """Nothing of this person is deleted until then; nothing of anybody where `subject` is empty.

    `subject` is the pseudonym of the vault. It holds while `ended_at` is empty and `until` to come.
    """

    subject = models.CharField(max_length=32, blank=True)
    ground = models.CharField(max_length=GROUND_CAP)
    owner = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["until"], condition=models.Q(ended_at=None), name="holds_in_force")
        ]

    @property
    def last_moment(self) -> datetime:
        """Within the day that it still holds: `until` is the midnight after it."""
        return self.until - timedelta(microseconds=1)
