"""What was stopped: planned posts everywhere, or everything on one account."""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.listening.models import Mention
from rejoinder.team.models import Advisor


class Pause(models.Model):
    """Planned posts wait on every channel, from `at` until somebody resumes; one at a time."""

    at = models.DateTimeField()
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(resumed_at=None), name="pause_in_force")]


class Lock(models.Model):
    """An account sends nothing at all, from `at` until somebody unlocks it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    at = models.DateTimeField()
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    unlocked_at = models.DateTimeField(null=True)
    unlocked_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(unlocked_at=None), name="one_lock_an_account"
            )
        ]


class Stranger(models.Model):
    """A post heard on a locked account that this desk did not make: an alarm until it was seen."""

    lock = models.ForeignKey(Lock, on_delete=models.PROTECT)
    mention = models.OneToOneField(Mention, on_delete=models.PROTECT, db_constraint=False)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", null=True)
