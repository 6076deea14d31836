"""What somebody who learns wrote, what a colleague made of it, and the word about it."""

from django.db import models

from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply
from rejoinder.team.models import Advisor


class DraftReview(models.Model):
    """A trainee asked a colleague to look at a draft and send it.

    It waits while the trainee has the conversation and no `mentor` looks at it. `text` is the
    trainee's, as the mentor found it; what left is the `reply`'s.
    """

    class Outcome(models.TextChoices):
        """How it ended; empty until then."""

        SENT = "sent", "Sent"
        GIVEN_BACK = "given-back", "Given back"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    trainee = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField()
    mentor = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    reply = models.ForeignKey(
        Reply, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    word = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["conversation"],
                condition=models.Q(ended_at=None),
                name="draft_review_open",
            )
        ]
