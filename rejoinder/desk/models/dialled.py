"""Calls that the desk dialled."""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Dialled(models.Model):
    """One call of an advisor to somebody, through the exchange; the number is in no row.

    `stage` and `outcome` are those of `desk/calling/rules.py`. `rung_at` is when their telephone
    was to ring: written before the exchange is asked, so that nobody is rung twice for one call.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    why = models.CharField(max_length=300)
    stage = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12, blank=True)
    giving_up = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    since = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advisor"], condition=Q(ended_at=None), name="one_call_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(ended_at=None), name="calls_going_on"),
        ]
