"""Replies that stand on their platform, changed there or taken back."""

from django.db import models
from django.db.models import Q

from rejoinder.outbox.models.leaving import Leaving
from rejoinder.outbox.models.reply import Reply


class Amendment(Leaving):
    """One change of one reply, on its way like a reply itself; at most one at a time.

    `text` is what it is to say, empty where it is taken back; `before` what it said until then.
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="amendments")
    takes_back = models.BooleanField(default=False)
    before = models.TextField()
    why = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(state__in=["queued", "reserved", "sending", "uncertain"]),
                name="one_amendment_at_a_time",
            ),
            # What is taken back stays so.
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(state="sent", takes_back=True),
                name="one_taking_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(state__in=["queued", "reserved"]),
                name="amendment_due",
            ),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["sending", "uncertain"]),
                name="amendment_unsettled",
            ),
            models.Index(fields=["account", "external_id"], name="amendment_found"),
        ]
