"""What the desk says by itself to who writes while nobody is there."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models.leaving import Leaving


class Acknowledgement(Leaving):
    """One automatic word to one mention, private always; `advisor` is who had it said.

    That it is the only one of a conversation, whoever queues it sees to; two that become one keep
    both.

    From `until` on somebody is there, and it does not leave any more.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    mention = models.OneToOneField(Mention, on_delete=models.PROTECT, db_constraint=False)
    until = models.DateTimeField()
    private = True

    class Meta:
        indexes = [
            models.Index(fields=["written_at"], name="acknowledgement_written"),
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(state__in=["queued", "reserved"]),
                name="acknowledgement_due",
            ),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["sending", "uncertain"]),
                name="acknowledgement_unsettled",
            ),
        ]
