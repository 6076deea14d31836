"""What advisors do with a conversation; each is a row with who and when."""

from django.db import models

from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class Assignment(models.Model):
    """Somebody took a conversation; it ended when they let go, answered, or were removed."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    # People of the same need who had waited longer, past the hour, when this one was taken.
    overtook = models.PositiveIntegerField(default=0)


class Handover(models.Model):
    """From one colleague to another, with a word, and when it is due."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    giver = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    due_at = models.DateTimeField(null=True)


class Closure(models.Model):
    """Done with, for a reason. A new word from the person opens it again."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT)
    at = models.DateTimeField()
    why = models.CharField(max_length=300)


class CloseReason(models.Model):
    """A reason that is offered when a conversation is closed; leads keep the list."""

    name = models.CharField(max_length=60, unique=True)
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()


class Note(models.Model):
    """Words among colleagues; never sent."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT)
    at = models.DateTimeField()
    text = models.TextField()


class Draft(models.Model):
    """What somebody is writing, kept as they write, with the room reserved for it.

    What is `private` is meant for its reader's eyes alone. `machine_at` is when a machine wrote
    what its writer began from; an emptied box begins anew.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    reservation_id = models.BigIntegerField(null=True)
    private = models.BooleanField(default=False)
    machine_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "advisor"], name="one_draft_each_conversation"
            )
        ]
