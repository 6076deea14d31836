"""What replies and publications have in common: a row before it is a network call."""

from django.db import models

from rejoinder.channels.models import Account
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class State(models.TextChoices):
    """Where it is. Each step is one conditional UPDATE."""

    QUEUED = "queued", "Queued"
    RESERVED = "reserved", "Reserved"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    UNCERTAIN = "uncertain", "Uncertain"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Nothing has left the house yet; these may still be withdrawn.
LEAVING = (State.QUEUED, State.RESERVED)
# Nobody knows yet whether these are out.
UNSETTLED = (State.SENDING, State.UNCERTAIN)


class Leaving(models.Model):
    """One thing on its way out, with the key that makes its send repeatable.

    `due_at` is when the desk acts on it next: sends it, or looks again whether it arrived.
    What is `planned` waits while planned posts are paused.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT)
    text = models.TextField()
    key = models.CharField(max_length=200)
    planned = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    reservation_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sender = models.CharField(max_length=60, blank=True)
    sending_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(blank=True, help_text="what the platform or the network said last")
    sent_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=1000, blank=True, help_text="where it stands")

    class Meta:
        abstract = True
