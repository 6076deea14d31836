"""What a platform lets an account do, what was spent of it, and what is kept for a reply."""

from django.db import models

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
    spent = models.FloatField(default=0)
    reserved = models.FloatField(default=0)
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
    cap = models.FloatField()
    window = models.FloatField(help_text="seconds")
    cost = models.FloatField(default=1)
    alignment = models.CharField(max_length=10)
    offset = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_rule_a_name")]


class Spend(models.Model):
    """One use, with the total up to and including it. Attempts count, whatever came of them."""

    allowance = models.ForeignKey(Allowance, on_delete=models.CASCADE, db_index=False)
    at = models.DateTimeField()
    cost = models.FloatField()
    total = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["allowance", "at", "total"], name="spent_before")]


class Reservation(models.Model):
    """Room kept for one reply, before its first word is typed. Ends at `until` unless renewed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    advisor = models.ForeignKey(Advisor, on_delete=models.SET_NULL, null=True)
    costs = models.JSONField()
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True, db_index=True)
