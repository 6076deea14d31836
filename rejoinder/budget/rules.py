"""The limits of an account: taken over from its channel, corrected by people, read as windows."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from rejoinder.budget import amount
from rejoinder.budget.models import Allowance, LimitRule, Spend
from rejoinder.budget.window import Window
from rejoinder.channels import registry
from rejoinder.channels.contract import Limit
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock

GUARD = timedelta(seconds=2)
KEPT = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Unit:
    """One allowance with the limits that share its unit."""

    allowance: Allowance
    rules: tuple[LimitRule, ...]


def adopt(account: Account) -> None:
    """Take over the limits its channel declares; those that people corrected stay."""
    limits = registry.channel(account.channel).limits()
    with transaction.atomic():
        for limit in limits:
            _adopt_one(account, limit)
        for unit in {limit.unit for limit in limits}:
            # Limits of one unit share one cost: the highest, so that none is passed.
            cost = max(amount.cost(limit.cost) for limit in limits if limit.unit == unit)
            Allowance.objects.update_or_create(
                account=account,
                unit=unit,
                defaults={"cost": cost},
                create_defaults={"cost": cost, "guard": GUARD},
            )


def _adopt_one(account: Account, limit: Limit) -> None:
    values = {
        "unit": limit.unit,
        "cap": amount.cap(limit.cap),
        "window": timedelta(seconds=limit.window),
        "fixed": limit.alignment == "fixed",
        "offset": timedelta(seconds=limit.offset),
    }
    rule, made = LimitRule.objects.get_or_create(account=account, name=limit.name, defaults=values)
    if not made and rule.corrected_at is None:
        LimitRule.objects.filter(id=rule.id, corrected_at=None).update(**values)


def units(account: Account) -> list[Unit]:
    """The allowances of an account with their limits, always in one order.

    An account that was never adopted is adopted now: no limits known is not no limits.
    """
    allowances = list(Allowance.objects.filter(account=account).order_by("unit"))
    if not allowances and registry.channel(account.channel).limits():
        adopt(account)
        allowances = list(Allowance.objects.filter(account=account).order_by("unit"))
    rules = list(LimitRule.objects.filter(account=account).order_by("window", "id"))
    return [
        Unit(each, tuple(rule for rule in rules if rule.unit == each.unit)) for each in allowances
    ]


def forget_spends() -> int:
    """Delete spends older than any window can ask for; the newest of them carries the total."""
    return sum(_forget(allowance) for allowance in Allowance.objects.all())


def _forget(allowance: Allowance) -> int:
    rules = LimitRule.objects.filter(account=allowance.account_id, unit=allowance.unit)
    longest = rules.aggregate(longest=Max("window"))["longest"] or timedelta(0)
    # A fixed window reaches back its length and two guards; a corrected one may be longer.
    before = clock.now() - max(2 * longest, KEPT)
    old = Spend.objects.filter(allowance=allowance, at__lt=before).order_by("-at", "-total")
    carries = old.values_list("id", flat=True).first()
    return old.exclude(id=carries).delete()[0] if carries else 0


def window(rule: LimitRule) -> Window:
    """The rule as the pure part reads it."""
    return Window(cap=rule.cap, length=rule.window, fixed=rule.fixed, offset=rule.offset)
