"""How scarce replies are spent, and whose turn a lead changed."""

from django.db import models

from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class TurnChange(models.Model):
    """A named lead answered somebody out of turn, for a reason."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    lead = models.ForeignKey(Advisor, on_delete=models.PROTECT)
    at = models.DateTimeField()
    why = models.CharField(max_length=300)


class PlanSettings(models.Model):
    """How the plan spends what platforms allow. One row; none means the usual settings.

    `reserve` scales what is kept for urgent people, `askers` is how many ask before a public
    answer is proposed, `advisors` how many are on duty in each hour of the day (None: as many as
    were seen answering lately).
    """

    class Mode(models.TextChoices):
        WITHIN_THE_HOUR = "within-the-hour", "within the hour"
        STRICT = "strict", "strict"

    on = models.BooleanField(default=True)
    reserve = models.FloatField(default=1.0)
    askers = models.PositiveIntegerField(default=10)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.WITHIN_THE_HOUR)
    advisors = models.JSONField(null=True)
    changed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True)
    changed_at = models.DateTimeField(null=True)


class PlanWay(models.Model):
    """How the plan would have somebody answered, other than in public by a program, and why."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE)
    do = models.CharField(max_length=20)
    why = models.CharField(max_length=40)
    at = models.DateTimeField()


class PlanLook(models.Model):
    """What the plan last decided about people it has not seen: one row.

    Whoever was heard since `at` is kept back for the reason in `holds`, by account and need: else
    a free advisor would take everybody in the moments before the plan looks again.
    """

    at = models.DateTimeField()
    holds = models.JSONField(default=dict)
