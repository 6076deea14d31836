"""Pictures that leave with a reply."""

from django.db import models

from rejoinder.listening.models import Conversation
from rejoinder.outbox.models.reply import Reply
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Picture(models.Model):
    """A picture of its writer's draft, and from Send on of a reply: a JPEG of pixels alone.

    With `seconds` it is a picture that moves, a film: an MP4 of what is seen and heard alone.
    `alt` says in words what it shows; while it is empty the draft cannot be sent.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, db_index=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, db_index=False)
    reply = models.ForeignKey(
        Reply, on_delete=models.PROTECT, null=True, related_name="pictures", db_index=False
    )
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    alt = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["conversation"], name="picture_of_conversation"),
            models.Index(
                fields=["reply"], condition=models.Q(reply__isnull=False), name="picture_of_reply"
            ),
        ]
