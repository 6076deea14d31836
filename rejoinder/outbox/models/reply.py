"""Replies on their way out."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models.leaving import Leaving


class Reply(Leaving):
    """One reply to one mention. `planned` is one of a batch, or one with a time of its own.

    What is `private` is for its reader's eyes alone. One `by_hand` is sent by a person on the
    platform's own page; the desk counts it and looks whether it is there. `machine_at` is when a
    machine wrote what its writer began from.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, db_constraint=False)
    private = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    machine_at = models.DateTimeField(null=True)
    ref = models.JSONField(default=dict, help_text="the channel's own mark of it")

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
