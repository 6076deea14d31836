"""Alarms that a surge raised (`Alarm`), events that were planned, and how mentions are watched."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Question
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Watching(models.Model):
    """One row: how far mentions were counted, what is usual of them, and how alarms are tuned.

    `state` is a `Surge` as msgspec writes it; empty before the first count. `heard` is the newest
    mention there was at `until`: those heard later of a time before it are late.
    """

    false_alarms = models.FloatField(default=0.5, help_text="a month, over everything watched")
    zone = models.CharField(max_length=60, default="UTC")
    place = models.CharField(max_length=10, blank=True, help_text="whose public holidays")
    until = models.DateTimeField(null=True)
    heard = models.BigIntegerField(default=0)
    state = models.TextField(blank=True)


class Planned(models.Model):
    """An event that will be talked about: alarms that begin in it are shown and call nobody."""

    name = models.CharField(max_length=100)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="called off, or ended early")


class Alarm(models.Model):
    """More mentions than usual: of all, of one question, or of one area. Open while `until` is
    empty.

    `at` is the end of the minute that gave it away. `came` and `usual` are mentions in the last
    `seconds`; of problems the same, empty where they are not counted apart.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, related_name="alarms"
    )
    area = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    raised_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    score = models.FloatField()
    seconds = models.PositiveIntegerField()
    came = models.FloatField()
    usual = models.FloatField()
    problems_came = models.FloatField(null=True)
    problems_usual = models.FloatField(null=True)
    planned = models.ForeignKey(Planned, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "at"], condition=Q(question__isnull=True), name="one_alarm_a_minute"
            ),
            models.UniqueConstraint(
                fields=["question", "at"],
                condition=Q(question__isnull=False),
                name="one_alarm_a_question_a_minute",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=Q(acknowledged_at__isnull=True),
                name="alarms_nobody_has",
            )
        ]
