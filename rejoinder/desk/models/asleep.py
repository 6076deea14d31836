"""Conversations that were put aside until a time or an event."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Conversation, Question
from rejoinder.team.models import Advisor


class Snooze(models.Model):
    """Somebody put a conversation aside; it sleeps until `woken_at`, for the reason `back`.

    `waited_since` is its place in the queue, kept for it; empty where nobody waited for an answer.
    A row that is not `done_at` yet is asleep, or back and not answered or closed since.
    """

    class Event(models.TextChoices):
        """What may bring it back before its time."""

        WROTE = "wrote", "the person writes again"
        ANSWER = "answer", "an answer is published or revised"
        CRISIS = "crisis", "the crisis is over"
        WORKED = "worked", "somebody asks whether it worked"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    event = models.CharField(max_length=10, choices=Event, blank=True)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, db_index=False)
    waited_since = models.DateTimeField(null=True)
    woken_at = models.DateTimeField(null=True)
    back = models.CharField(max_length=10, blank=True, help_text="of `asleep/rules.py`")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(done_at=None), name="asleep_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["until"], condition=Q(woken_at=None, done_at=None), name="asleep_until"
            )
        ]
