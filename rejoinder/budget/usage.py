"""The windows of some accounts with the replies that count in them still, for the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np

from rejoinder.budget.models import LimitRule, Spend
from rejoinder.budget.plan.situation import Floats, Window
from rejoinder.budget.rules import Unit, units, window
from rejoinder.budget.window import boundary, start
from rejoinder.channels.contract import MONEY
from rejoinder.channels.models import Account

LATELY = 200  # replies that tell what one takes
Caps = Mapping[tuple[int, str], int]  # by number of the account and name of the limit
NO_CAPS: Caps = MappingProxyType({})


def windows(
    accounts: Sequence[Account], now: datetime, begins: datetime, caps: Caps = NO_CAPS
) -> tuple[Window, ...]:
    """Every limit in replies, those that accounts share once; moments are seconds from `begins`.

    `caps` are what limits would allow, in millionths, in place of what they do.
    """
    found: dict[tuple[object, ...], _Limit] = {}
    for number, account in enumerate(accounts):
        for unit in units(account):
            for rule in unit.rules:
                cap = caps.get((account.pk, rule.name), rule.cap)
                # Around a change both versions hold: together they are the lower one.
                key = (unit.allowance.pk, rule.name, rule.window, rule.fixed, rule.offset)
                limit = found.setdefault(key, _Limit(unit, rule, cap, set()))
                limit.cap = min(limit.cap, cap)
                limit.accounts.add(number)
    return tuple(_window(limit, now, begins) for limit in found.values() if limit.unit.cost())


def went(account: Account, limit: str, now: datetime, begins: datetime) -> Floats:
    """When each reply went that counted in a limit at any moment since the day began."""
    for unit in units(account):
        for rule in unit.rules:
            if rule.name == limit and unit.cost():
                since = min(begins, now) - 2 * rule.window
                return _spent(unit, since, now, begins)[1]
    return np.zeros(0)


@dataclass(slots=True)
class _Limit:
    unit: Unit
    rule: LimitRule
    cap: int
    accounts: set[int]


def _window(limit: _Limit, now: datetime, begins: datetime) -> Window:
    known, unit = window(limit.rule), limit.unit
    spent, past = _spent(unit, boundary(known, now, unit.allowance.guard), now, begins)
    left = max(0, limit.cap - spent)
    ends = start(known, now) + known.length if known.fixed else None
    return Window(
        name=limit.rule.name,
        accounts=tuple(sorted(limit.accounts)),
        cap=len(past) + _replies(unit, left),
        length=known.length.total_seconds(),
        past=past,
        ends=(ends - begins).total_seconds() if ends else None,
        money=limit.rule.unit in MONEY,
    )


def _replies(unit: Unit, left: int) -> int:
    """How many replies fit, each as dear as they were lately; for the last the dearest is kept."""
    dearest = unit.cost()
    return 0 if left < dearest else 1 + int((left - dearest) / _usual(unit))


def _usual(unit: Unit) -> float:
    """What a reply took on average of the last ones; before there are any, the plainest."""
    dearest, plainest = unit.cost(), unit.cost("")
    if dearest == plainest:
        return dearest
    lately = Spend.objects.filter(allowance=unit.allowance).order_by("-total")
    costs = [cost for cost in lately.values_list("cost", flat=True)[:LATELY] if cost <= dearest]
    return max(1.0, sum(costs) / len(costs) if costs else plainest)


def _spent(unit: Unit, edge: datetime, now: datetime, begins: datetime) -> tuple[int, Floats]:
    """What counts still, and when each reply of it went; what is reserved counts from now."""
    spends = Spend.objects.filter(allowance=unit.allowance, at__gte=edge).order_by("at", "total")
    rows = list(spends.values_list("at", "cost"))
    moments = np.array([(at - begins).total_seconds() for at, _ in rows])
    costs = np.array([cost for _, cost in rows], dtype=np.int64)
    reserved = unit.allowance.reserved
    # A spend is a reply, unless it is dearer than any: then others spent it, on many.
    many = np.maximum(1, -(-costs // unit.cost()))
    here = np.full(-(-reserved // unit.cost()), (now - begins).total_seconds())
    return int(costs.sum()) + reserved, np.concatenate([np.repeat(moments, many), here])
