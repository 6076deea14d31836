"""Room for replies: reserved before typing, spent when an attempt ends, never over a limit.

One conditional UPDATE per unit decides; any error on the way leaves nothing reserved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from rejoinder.budget.models import Allowance, Reservation, Spend
from rejoinder.budget.rules import Unit, adopt, binds_from, holder, units, window
from rejoinder.budget.window import boundary, ceiling
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock, live
from rejoinder.team.models import Advisor

__all__ = ["adopt", "closed", "expire", "hold", "release", "renew", "reserve", "spend", "start"]

_TOTAL_BEFORE = (
    "(SELECT total FROM budget_spend WHERE allowance_id = %s AND at < %s "
    "ORDER BY at DESC, total DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one reply asks of one allowance: `spent + reserved` may reach `ceiling`."""

    allowance_id: int
    cost: int
    ceiling: int


class _NoRoomError(Exception):
    """One of the units has no room; what the others gave is rolled back."""


def reserve(
    account: Account,
    advisor: Advisor | None,
    until: datetime | None,
    *,
    kind: str | None = None,
    about: str = "",
) -> Reservation | None:
    """Keep room for one reply in every unit, or in none. None: no room now.

    `until` None keeps it until it is released or spent. Without a `kind` it is the dearest reply;
    `about` names the conversation. What is older than a window never changes, so the boundary may
    be read before the row is locked.
    """
    known = units(account, about)  # which may adopt them: a reservation is no older than its limits
    now = clock.now()
    asks = [_ask(unit, cost, now) for unit in known if (cost := unit.cost(kind))]
    try:
        with transaction.atomic():
            for ask in asks:
                _take(ask, now)
            return Reservation.objects.create(
                account=account,
                advisor=advisor,
                about=about,
                costs={str(ask.allowance_id): ask.cost for ask in asks},
                made_at=now,
                until=until,
            )
    except _NoRoomError:
        return None


def _ask(unit: Unit, cost: int, now: datetime) -> _Ask:
    return _Ask(unit.allowance.pk, cost, top(unit, now))


def top(unit: Unit, now: datetime) -> int:
    """The highest total that every limit of the unit allows now."""
    allowance = unit.allowance
    edges = [boundary(window(rule), now, allowance.guard) for rule in unit.rules]
    caps = [rule.cap for rule in unit.rules]
    return ceiling(zip(caps, totals_before(allowance, edges), strict=True))


def totals_before(allowance: Allowance, moments: Sequence[datetime]) -> list[int]:
    """The total of all spends before each moment, in one round trip; each is one look-up."""
    if not moments:
        return []
    asked = ", ".join([_TOTAL_BEFORE] * len(moments))
    adapted = (connection.ops.adapt_datetimefield_value(at) for at in moments)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [each for at in adapted for each in (allowance.pk, at)])
        return [total or 0 for total in cursor.fetchone()]


def _take(ask: _Ask, now: datetime) -> None:
    row = Allowance.objects.filter(
        Q(closed_until=None) | Q(closed_until__lte=now), id=ask.allowance_id
    )
    row = row.filter(spent__lte=ask.ceiling - ask.cost - F("reserved"))
    if not row.update(reserved=F("reserved") + ask.cost):
        raise _NoRoomError


def renew(reservation_id: int | None, until: datetime | None) -> bool:
    """Keep it longer; `until` None keeps it for a reply on its way. False: it had ended."""
    return bool(_row(reservation_id).filter(started_at=None).update(until=until))


def release(reservation_id: int | None) -> bool:
    """Give the room back, once. False: it had ended, or its attempt has started."""
    with transaction.atomic():
        reservation = _remove(_row(reservation_id).filter(started_at=None))
        if reservation:
            _give_back(reservation.costs)
        return reservation is not None


def start(reservation_id: int | None, kind: str | None = None) -> bool:
    """The attempt begins: from here it cannot be released, only spent.

    With its `kind` known it keeps what the reply really takes. False: it had ended, or it covers
    the reply no longer and is released: the limits changed since, or what was written is dearer.
    """
    with transaction.atomic():
        kept = _row(reservation_id).filter(started_at=None).first()
        if kept is None:
            return False
        costs = _now_costs(kept, kind)
        if costs is None:
            release(kept.pk)
            return False
        waiting = _row(kept.pk).filter(started_at=None)
        if not waiting.update(started_at=clock.now(), until=None, costs=costs):
            return False
        _give_back({key: was - costs.get(key, 0) for key, was in kept.costs.items()})
        return True


def _now_costs(kept: Reservation, kind: str | None) -> dict[str, int] | None:
    """What it takes by the limits in force, if what is kept covers that."""
    found = units(kept.account, kept.about)
    costs = {str(unit.allowance.pk): cost for unit in found if (cost := unit.cost(kind))}
    now = clock.now()
    rules = [rule for unit in found for rule in unit.rules]
    changed = any(kept.made_at < binds_from(rule) <= now for rule in rules)
    covered = all(cost <= kept.costs.get(key, 0) for key, cost in costs.items())
    return costs if covered and not changed else None


def spend(reservation_id: int | None) -> bool:
    """The attempt ended, whatever came of it; once. Call it where its result is written."""
    with transaction.atomic():
        reservation = _remove(_row(reservation_id))
        if reservation:
            for allowance, cost in _by_row(reservation.costs):
                enter(allowance, cost, kept=cost)
        return reservation is not None


def enter(allowance_id: int, cost: int, *, kept: int = 0, unseen: int = 0) -> None:
    """Write a spend down; `kept` of it was reserved, `unseen` of it only a platform told us of."""
    row = Allowance.objects.filter(id=allowance_id)
    row.update(spent=F("spent") + cost, reserved=F("reserved") - kept)
    # The UPDATE holds the row, so this is our own total and no other gets it.
    allowance = row.get()
    Spend.objects.create(
        allowance=allowance, at=clock.now(), cost=cost, total=allowance.spent, unseen=unseen
    )


def _by_row(costs: dict[str, int]) -> list[tuple[int, int]]:
    """In the order in which rows are locked everywhere."""
    return sorted((int(number), cost) for number, cost in costs.items())


def _row(reservation_id: int | None) -> QuerySet[Reservation]:
    if reservation_id is None:
        return Reservation.objects.none()
    return Reservation.objects.filter(id=reservation_id)


def _remove(found: QuerySet[Reservation]) -> Reservation | None:
    """The row, for the one caller whose DELETE removed it."""
    reservation = found.first()
    return reservation if reservation and found.delete()[0] else None


def _give_back(costs: dict[str, int]) -> None:
    for allowance, cost in _by_row(costs):
        if cost:
            Allowance.objects.filter(id=allowance).update(reserved=F("reserved") - cost)


def expire() -> int:
    """Release those whose time is over; how many."""
    ended = Reservation.objects.filter(until__lte=clock.now(), started_at=None)
    return sum(release(each) for each in ended.values_list("id", flat=True))


def hold(account: Account, after: float, words: str) -> None:
    """The platform refused for a limit: grant nothing for `after` seconds."""
    until = clock.now() + timedelta(seconds=after)
    with transaction.atomic():
        shorter = Q(closed_until=None) | Q(closed_until__lt=until)
        units(account)
        rows = Allowance.objects.filter(shorter, holder=holder(account, "account"))
        rows.update(closed_until=until, closed_why=words[:300])
        live.changed(live.account(account.public_id))


def closed(account: Account) -> datetime | None:
    """Until when nothing may be sent after a refusal; None when it is open."""
    whose = [holder(account, scope) for scope in ("account", "app")]
    late = Allowance.objects.filter(holder__in=whose, closed_until__gt=clock.now())
    return late.order_by("-closed_until").values_list("closed_until", flat=True).first()
