"""The same word to many people: pointers to a public answer, and corrections of what was said."""

from django.db import models
from django.db.models import Q

from rejoinder.answers.models import Revision
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Person
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Batch(models.Model):
    """Replies that say one revision to people whom somebody looked through, one by one.

    They leave as the plan lets them. It stops by itself when people say that it does not help;
    `stopped_by` is empty then, and `stopped_why` has the reason.
    """

    class Kind(models.TextChoices):
        POINTERS = "pointers", "pointers"
        CORRECTIONS = "corrections", "corrections"
        NEWS = "news", "news"

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    stopped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(ended_at=None), name="batch_open")]


class BatchItem(models.Model):
    """One person of a batch, in the order in which they are told."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        QUEUED = "queued", "queued"
        SENT = "sent", "sent"
        LEFT_OUT = "left-out", "left out"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=40, blank=True)  # left out: a code of `batch/rules.py`
    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            # Nobody hears the same revision twice from batches.
            models.UniqueConstraint(
                fields=["person", "revision"],
                condition=Q(state__in=["waiting", "queued", "sent"]),
                name="told_once_by_batches",
            )
        ]
        indexes = [
            models.Index(
                fields=["batch", "id"], condition=Q(state="waiting"), name="batch_item_next"
            )
        ]
