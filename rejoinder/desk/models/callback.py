"""Callbacks that were promised."""

from django.db import models
from django.db.models import Q

from rejoinder.team.models import Advisor


class Callback(models.Model):
    """We said that we call within this time. Named by thread: the promise is made before triage
    makes a conversation. `promised_by` is empty when somebody chose the slot on the contact page.
    """

    channel = models.CharField(max_length=30)
    thread = models.CharField(max_length=500)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    promised_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "thread"],
                condition=Q(kept_at=None),
                name="one_callback_promised",
            )
        ]
        indexes = [models.Index(fields=["from_at"], name="callbacks_by_slot")]
