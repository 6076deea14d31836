"""What a conversation is about, in the organisation's own words; whom a note calls."""

from django.db import models
from django.db.models import Q

from rejoinder.desk.models.work import Note
from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class Tag(models.Model):
    """One of the organisation's own list."""

    name = models.CharField(max_length=60, unique=True)
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()


class Tagged(models.Model):
    """A conversation carries a tag until somebody takes it away."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "conversation"], condition=Q(ended_at=None), name="tagged_once"
            )
        ]
        # The newest that carry a tag: the column of it.
        indexes = [
            models.Index(
                fields=["tag", "-at", "-id"], condition=Q(ended_at=None), name="tagged_newest"
            )
        ]


class NoteCall(models.Model):
    """A note says @somebody; `seen_at` is empty until they looked."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, db_index=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advisor", "note"], name="called_once_a_note")
        ]
        indexes = [
            models.Index(fields=["advisor"], condition=Q(seen_at=None), name="called_unseen")
        ]
