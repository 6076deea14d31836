"""Working hours: an ordinary week, and changes of single days; and the hours of the house."""

from django.db import models

from rejoinder.team.models.people import Advisor


class Hours(models.Model):
    """An ordinary week: `week` holds the spans of eight days (`rota/week.py`).

    `place` says whose public holidays are kept (ISO 3166; empty: none), `pace` how many people one
    helps in an hour.
    """

    advisor = models.OneToOneField(Advisor, on_delete=models.PROTECT, related_name="hours")
    week = models.JSONField(default=list)
    place = models.CharField(max_length=10, blank=True)
    pace = models.PositiveSmallIntegerField(default=12)
    languages = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    changed_at = models.DateTimeField()


class DayChange(models.Model):
    """Other hours from the first to the last day, both included; no hours: away."""

    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="changes")
    first = models.DateField()
    last = models.DateField()
    hours = models.JSONField(default=list)
    why = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()


class OpeningHours(models.Model):
    """When the organisation is there for people, on its own clock; without a row the rota says so.

    `week` and `place` are those of `Hours`. One row stands, the one not ended yet.
    """

    week = models.JSONField(default=list)
    place = models.CharField(max_length=10, blank=True)
    written_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(ended_at=None), name="one_opening_hours"
            )
        ]
