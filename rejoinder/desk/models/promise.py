"""What was promised to one person."""

from django.db import models
from django.db.models import Q

from rejoinder.desk.models.experts import Referral
from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class Promise(models.Model):
    """They hear from us by then, when the expert has answered. Whether it is broken is never
    written, always derived. Promises to everybody belong to a crisis, times of calls to `Callback`.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="promises"
    )
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(kept_at=None), name="desk_promise_due")
        ]
