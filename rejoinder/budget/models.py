"""What a platform lets an account do, what was spent of it, and what is kept for a reply.

All amounts are whole millionths of their unit (`amount.py`).
"""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Allowance(models.Model):
    """The running totals of one unit (posts, points, money) of one account.

    `spent` only grows; the amount spent in a window is the difference of two totals. `reserved`
    is the sum of the open reservations. One conditional UPDATE of this row decides.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    unit = models.CharField(max_length=30)
    cost = models.BigIntegerField(help_text="of one reply")
    spent = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    guard = models.DurationField(help_text="how far clocks and arrivals may be off")
    # After a refusal nothing is granted until then.
    closed_until = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "unit"], name="one_total_a_unit")]


class LimitRule(models.Model):
    """One limit of an account as it is believed now: the channel's default until corrected."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=30)
    cap = models.BigIntegerField()
    window = models.DurationField()
    fixed = models.BooleanField(default=False)
    offset = models.DurationField()
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_rule_a_name")]


class Spend(models.Model):
    """One use, with the total up to and including it. Attempts count, whatever came of them."""

    allowance = models.ForeignKey(Allowance, on_delete=models.CASCADE, db_index=False)
    at = models.DateTimeField()
    cost = models.BigIntegerField()
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            # Also the way to the spend that must leave the window before a reply may go.
            models.UniqueConstraint(fields=["allowance", "total"], name="one_spend_a_total")
        ]
        indexes = [models.Index(fields=["allowance", "at", "total"], name="spent_before")]


class Reservation(models.Model):
    """Room kept for one reply, before its first word is typed. Ends at `until` unless renewed.

    `costs` is the amount by unit. Once an attempt has started it can only be spent.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    advisor = models.ForeignKey(Advisor, on_delete=models.SET_NULL, null=True)
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
