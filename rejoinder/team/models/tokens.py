"""Keys of programs that work for a colleague (`ApiToken`), and what each asked for once."""

from django.db import models

from rejoinder.plumbing import ids
from rejoinder.team.models.people import Advisor


class ApiToken(models.Model):
    """A program's way in, for one colleague and no more than `scopes`. Only the hash is kept.

    `minute` and `used` count what it asked in the minute that runs.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    hashed = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(help_text="rights of `access`, never more than the colleague has")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    used = models.PositiveIntegerField(default=0)


class ApiCall(models.Model):
    """A change that a program asked for under a key of its own, and what it was told.

    Written in the transaction of the change; asked again, the answer is this one.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64, help_text="hash of method, path and body")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    said = models.JSONField(default=dict, help_text="numbers, times and states; no words of people")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_change_a_key")]
        indexes = [models.Index(fields=["at"], name="api_call_oldest")]
