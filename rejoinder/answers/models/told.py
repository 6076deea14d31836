"""Who was told which revision."""

from django.db import models
from django.db.models import Q

from rejoinder.answers.models.answer import Revision
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Person
from rejoinder.outbox.models import Reply


class Told(models.Model):
    """Somebody was told a revision, at that moment, from that account of ours.

    Written when the reply that says it was sent; without a reply (a caller, say) by whoever told.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply"], condition=Q(reply__isnull=False), name="told_once_a_reply"
            )
        ]
        indexes = [models.Index(fields=["revision", "at"], name="told_this")]
