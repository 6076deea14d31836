"""Replies on their way out."""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class State(models.TextChoices):
    """Where a reply is. Each step is one conditional UPDATE."""

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


class Reply(models.Model):
    """One reply: a row before it is a network call, with the key that makes its send repeatable.

    `due_at` is when the desk acts on it next: sends it, or looks again whether it arrived.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, db_constraint=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT)
    text = models.TextField()
    key = models.CharField(max_length=200)
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
    url = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(state__in=["queued", "reserved"]),
                name="reply_due",
            ),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["sending", "uncertain"]),
                name="reply_unsettled",
            ),
            # The page of what was sent, newest first.
            models.Index(
                fields=["-sent_at", "-id"], condition=Q(state="sent"), name="reply_sent_newest"
            ),
        ]
