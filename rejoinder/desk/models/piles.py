"""Posts of one text by many accounts, put out of the queue as one."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class Pile(models.Model):
    """A lead said that copies of a mention are spam; until it is dissolved, further ones join it.

    `original` is the mention that the others are copies of; no constraint, as in `copy_of`.
    """

    original = models.BigIntegerField()
    why = models.CharField(max_length=300)
    begun_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["original"], condition=Q(ended_at=None), name="one_pile_a_text"
            )
        ]


class Piled(models.Model):
    """One conversation in a pile, and the place in the queue that is kept for it."""

    pile = models.ForeignKey(Pile, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    waited_since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pile", "conversation"], name="piled_once")]
