"""Watches as rows, and which mention each of them caught."""

from django.db import models

from rejoinder.channels.models import Account
from rejoinder.listening.models.heard import Mention
from rejoinder.team.models import Advisor


class Watch(models.Model):
    """A saved query. Without an account it looks at everything heard."""

    name = models.CharField(max_length=100)
    words = models.TextField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    enabled = models.BooleanField(default=True)
    created_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    created_at = models.DateTimeField()


class Caught(models.Model):
    """A mention that a watch caught when it was heard. Written in batches, as mentions are."""

    watch = models.ForeignKey(
        Watch, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    mention = models.ForeignKey(Mention, on_delete=models.DO_NOTHING, db_constraint=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "mention"], name="caught_once")]
        indexes = [models.Index(fields=["watch", "at"], name="caught_lately")]
