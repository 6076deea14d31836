"""What a platform lets an account do, what was spent of it, and what is kept for a reply.

All amounts are whole millionths of their unit (`amount.py`).
"""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Source(models.TextChoices):
    """Where the number of a limit comes from."""

    PUBLISHED = "published", "Published"
    CORRECTED = "corrected", "Corrected by a person"
    TOLD = "told", "Told by the platform"
    ESTIMATED = "estimated", "Estimated"


class Allowance(models.Model):
    """The running totals of one unit (posts, points, money) that one `holder` has.

    Holders are accounts, apps and conversations (`rules.holder`). `spent` only grows; the amount
    spent in a window is the difference of two totals. `reserved` is the sum of the open
    reservations. One conditional UPDATE of this row decides.
    """

    holder = models.CharField(max_length=200)
    unit = models.CharField(max_length=30)
    spent = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    guard = models.DurationField(help_text="how far clocks and arrivals may be off")
    # After a refusal nothing is granted until then.
    closed_until = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "unit"], name="one_total_a_unit")]


class LimitRule(models.Model):
    """One version of a limit, as it was believed from `made_at` on: rows are added, not changed.

    In force is the version with the latest `valid_from` (None: since ever) that has begun and not
    ended. `holder` is an account or an app; one of scope "conversation" counts in each of the
    account's conversations by itself.
    """

    holder = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=30)
    scope = models.CharField(max_length=20, default="account")
    cap = models.BigIntegerField()
    cost = models.BigIntegerField(help_text="of one reply")
    costs = models.JSONField(default=dict, help_text="of kinds of replies where it differs")
    window = models.DurationField()
    fixed = models.BooleanField(default=False)
    offset = models.DurationField()
    all_clients = models.BooleanField(default=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.PUBLISHED)
    made_at = models.DateTimeField()
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["holder", "valid_to"], name="rules_of_holder")]


class Spend(models.Model):
    """One use, with the total up to and including it. Attempts count, whatever came of them.

    `unseen` is what of it the platform told us others spent, and our timeline has not shown yet.
    """

    allowance = models.ForeignKey(Allowance, on_delete=models.CASCADE, db_index=False)
    at = models.DateTimeField()
    cost = models.BigIntegerField()
    total = models.BigIntegerField()
    unseen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # Also the way to the spend that must leave the window before a reply may go.
            models.UniqueConstraint(fields=["allowance", "total"], name="one_spend_a_total")
        ]
        indexes = [
            models.Index(fields=["allowance", "at", "total"], name="spent_before"),
            models.Index(
                fields=["allowance", "at"], condition=Q(unseen__gt=0), name="spent_unseen"
            ),
        ]


class Reservation(models.Model):
    """Room kept for one reply, before its first word is typed. Ends at `until` unless renewed.

    `costs` is the amount by the number of its allowance, `about` the conversation as its limits
    know it. Once an attempt has started it can only be spent.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    advisor = models.ForeignKey(Advisor, on_delete=models.SET_NULL, null=True)
    about = models.CharField(max_length=100, blank=True)
    costs = models.JSONField()
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["until"],
                condition=Q(until__isnull=False, started_at__isnull=True),
                name="reservation_ends",
            )
        ]
