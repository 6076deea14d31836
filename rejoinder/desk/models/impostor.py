"""Accounts that may be taken for one of ours."""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.desk.impostors.likeness import Like
from rejoinder.listening.models import Mention, Person
from rejoinder.team.models import Advisor


class Impostor(models.Model):
    """Somebody who looks like us, how, and what was done about it.

    `mention` is the first of theirs that was heard; `answers_at` when they were first seen to
    answer somebody else in a thread that we read. `end` says why nothing more is to do; who is
    gone and comes back is open again, who is no impostor never is.
    """

    class End(models.TextChoices):
        """Why nothing more is to do."""

        GONE = "gone", "Gone"
        NONE = "none", "No impostor"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    like = models.CharField(max_length=10, choices=[(each, each) for each in Like])
    mention = models.ForeignKey(
        Mention, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    found_at = models.DateTimeField()
    answers_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    end = models.CharField(max_length=4, choices=End, blank=True)
    end_why = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["-found_at"], condition=Q(end=""), name="open_impostors"),
        ]
