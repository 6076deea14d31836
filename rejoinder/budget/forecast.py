"""What is left of each limit, and when the replies that wait may go.

A reply is the dearest public one here, as it is when room is reserved for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rejoinder.budget import amount, dated
from rejoinder.budget.actions import closed, top, totals_before
from rejoinder.budget.models import Allowance, LimitRule, Spend
from rejoinder.budget.rules import Unit, units, window
from rejoinder.budget.window import Ledger, boundary, wanted
from rejoinder.budget.window import when as moment
from rejoinder.channels.contract import PRIVATE
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock


@dataclass(frozen=True, slots=True)
class Left:
    """One limit as it stands: amounts in its unit, the window, and how many replies fit still.

    `public` is False for a limit of private replies alone, which `cost` and `replies` then mean.
    `source` and `since` say where its number comes from.
    """

    name: str
    unit: str
    cap: float
    used: float
    reserved: float
    left: float
    cost: float
    replies: int
    window: timedelta
    fixed: bool
    public: bool
    source: str
    since: datetime
    until: datetime | None
    frees_at: datetime | None


def left(account: Account) -> tuple[Left, ...]:
    """Every limit of an account; `frees_at` is set only for those without room for one reply."""
    now, found = clock.now(), []
    for unit in units(account):
        rules, guard = dated.in_force(unit.rules, now), unit.allowance.guard
        begins = [boundary(window(rule), now, guard) for rule in rules]
        before = totals_before(unit.allowance, begins)
        found += [_left(unit, rule, now, total) for rule, total in zip(rules, before, strict=True)]
    return tuple(found)


def _left(unit: Unit, rule: LimitRule, now: datetime, before: int) -> Left:
    """`before` is the total of what was spent before its window."""
    allowance, public = unit.allowance, unit.cost()
    cost = public or unit.cost(PRIVATE)
    used = allowance.spent - before
    free = max(0, rule.cap - used - allowance.reserved)
    replies = free // cost if cost else 0
    ledger = _ledger(allowance, rule, cost, 1)
    frees = None if replies else moment(1, now, allowance.guard, [ledger])
    return Left(
        name=rule.name,
        unit=rule.unit,
        cap=amount.shown(rule.cap),
        used=amount.shown(used),
        reserved=amount.shown(allowance.reserved),
        left=amount.shown(free),
        cost=amount.shown(cost),
        replies=replies,
        window=rule.window,
        fixed=rule.fixed,
        public=public > 0,
        source=rule.source,
        since=rule.made_at,
        until=rule.valid_to,
        frees_at=frees,
    )


def replies_left(account: Account) -> int | None:
    """How many replies fit now under every limit; None when the account has no limits."""
    if closed(account):
        return 0
    return min((each.replies for each in left(account) if each.public), default=None)


def room(account: Account, kind: str) -> int | None:
    """How many replies of a kind fit now; None when nothing limits them."""
    if closed(account):
        return 0
    now = clock.now()
    return min(
        (
            max(0, top(unit, now) - unit.allowance.spent - unit.allowance.reserved) // cost
            for unit in units(account)
            if (cost := unit.cost(kind))
        ),
        default=None,
    )


def when(account: Account, number: int = 1) -> datetime | None:
    """When reply `number` from now may go if each goes as soon as it may. None: never."""
    now = clock.now()
    open_at = closed(account) or now
    known = units(account)
    guard = max((unit.allowance.guard for unit in known), default=timedelta(0))
    ledgers = [ledger for unit in known if unit.cost() for ledger in _ledgers(unit, number)]
    return moment(number, max(now, open_at), guard, ledgers)


def _ledgers(unit: Unit, number: int) -> list[Ledger]:
    return [_ledger(unit.allowance, rule, unit.cost(), number) for rule in unit.rules]


def _ledger(allowance: Allowance, rule: LimitRule, cost: int, number: int) -> Ledger:
    """The window with the few spends that replies 1 to `number` wait for."""
    bare = Ledger(window(rule), cost, allowance.spent, allowance.reserved)
    first, last = wanted(bare, 1), wanted(bare, number)
    if last <= 0:
        return bare
    spends = Spend.objects.filter(allowance=allowance).order_by("total")
    end = spends.filter(total__gte=last).values_list("total", flat=True).first()
    needed = spends.filter(total__gte=first, total__lte=allowance.spent if end is None else end)
    past = tuple(needed.values_list("at", "total"))
    return Ledger(bare.window, bare.cost, bare.spent, bare.reserved, past)
