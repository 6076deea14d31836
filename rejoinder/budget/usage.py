"""The windows of some accounts with the replies that count in them still, for the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from rejoinder.budget.models import LimitRule, Spend
from rejoinder.budget.plan.situation import Floats, Window
from rejoinder.budget.rules import Unit, units, window
from rejoinder.budget.window import boundary, start
from rejoinder.channels.models import Account


def windows(accounts: Sequence[Account], now: datetime, begins: datetime) -> tuple[Window, ...]:
    """Every limit in replies, those that accounts share once; moments are seconds from `begins`."""
    found: dict[int, _Limit] = {}
    for number, account in enumerate(accounts):
        for unit in units(account):
            for rule in unit.rules:
                found.setdefault(rule.pk, _Limit(unit, rule, [])).accounts.append(number)
    return tuple(_window(limit, now, begins) for limit in found.values() if limit.unit.cost())


def went(account: Account, limit: str, now: datetime, begins: datetime) -> Floats:
    """When each reply went that counted in a limit at any moment since the day began."""
    for unit in units(account):
        for rule in unit.rules:
            if rule.name == limit and unit.cost():
                since = min(begins, now) - 2 * rule.window
                return _past(unit, since, now, begins)
    return np.zeros(0)


@dataclass(frozen=True, slots=True)
class _Limit:
    unit: Unit
    rule: LimitRule
    accounts: list[int]


def _window(limit: _Limit, now: datetime, begins: datetime) -> Window:
    known, guard = window(limit.rule), limit.unit.allowance.guard
    ends = start(known, now) + known.length if known.fixed else None
    return Window(
        name=limit.rule.name,
        accounts=tuple(limit.accounts),
        cap=limit.rule.cap // limit.unit.cost(),
        length=known.length.total_seconds(),
        past=_past(limit.unit, boundary(known, now, guard), now, begins),
        ends=(ends - begins).total_seconds() if ends else None,
    )


def _past(unit: Unit, edge: datetime, now: datetime, begins: datetime) -> Floats:
    """When each reply went that counts still; what is reserved counts from now."""
    spends = Spend.objects.filter(allowance=unit.allowance, at__gte=edge).order_by("at", "total")
    rows = list(spends.values_list("at", "cost"))
    moments = np.array([(at - begins).total_seconds() for at, _ in rows])
    replies = -(-np.array([cost for _, cost in rows], dtype=np.int64) // unit.cost())
    reserved = -(-unit.allowance.reserved // unit.cost())
    here = np.full(reserved, (now - begins).total_seconds())
    return np.concatenate([np.repeat(moments, replies), here])
