"""What was promised by when: to everybody, or to the person of one conversation."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from rejoinder.answers.models import Answer
from rejoinder.crisis.models.crisis import Crisis
from rejoinder.crisis.models.entry import Entry
from rejoinder.crisis.timeline.clocks import Standing, broken, standing
from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class Promise(models.Model):
    """A word given, with its moment. Whether it is broken is never written, always derived.

    An update is the next word to everybody: the next statement keeps it, or the next revision of
    the answer that it was promised in. `keeper` is who sees to it. Without a conversation it is a
    promise to everybody.
    """

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="promises")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, null=True)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    is_update = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    kept_with = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(kept_at=None), name="promise_due")]

    def standing(self, now: datetime) -> Standing:
        """Where it stands at a moment."""
        return standing(self.due_at, self.kept_at, now)

    def broken(self, now: datetime) -> bool:
        """Whether its moment passed without it."""
        return broken(self.due_at, self.kept_at, now)
