"""Checks that an account is theirs: with which system, and what came of each."""

from django.db import models

from rejoinder.desk.identity.rules import Check
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class IdentitySystem(models.Model):
    """The organisation's own system that makes sure; the secret that both sign with is sealed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    url = models.CharField(max_length=500)
    sealed = models.BinaryField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class IdentityCheck(models.Model):
    """One check: passed or failed, when, by which method, and nothing else of what was shown.

    `nonce` is the number of its newest start: only an answer that names it counts.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    reference = models.CharField(max_length=14, unique=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    offered_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    starts = models.PositiveSmallIntegerField(default=0)
    nonce = models.CharField(max_length=43, blank=True)
    passed = models.BooleanField(null=True)
    method = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    def known(self) -> Check:
        """As the rules take it."""
        return Check(self.offered_at, self.begun_at, self.starts, self.passed, self.ended_at)
