"""Which spends still count against a limit, and when the next replies may go. Pure.

The method (docs/decisions/0013): keep one growing total per unit, and grant
only while `spent + reserved + cost` stays at or under `cap + total before the boundary`, for
every limit. For unit costs this is the rule "grant n+1 only if, for every (N, W), grant n+1-N is
older than W". A decision reads one total per window, however many spends there are.

An attempt is spent when it *ends*: until then it counts as reserved, so the platform sees it
between the two. `guard` covers what is left: clocks that differ, and a call that arrives after we
stopped waiting for it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# How far the platform's clock and ours may be off, with what arrives after we stopped waiting.
GUARD = timedelta(seconds=2)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Windows end before a boundary, never on it: a platform may count the end as inside.
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """At most `cap` millionths of a unit in `length`; `offset` moves the start of fixed ones."""

    cap: int
    length: timedelta
    fixed: bool = False
    offset: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One window over the totals of its unit: what a reply takes, what went, what is kept.

    `past` holds (moment, total up to and including it) of the spends that `when` needs, oldest
    first; it may leave out those whose total is under what the first reply asks for.
    """

    window: Window
    cost: int
    spent: int
    reserved: int
    past: Sequence[tuple[datetime, int]] = ()


def boundary(window: Window, now: datetime, guard: timedelta) -> datetime:
    """Spends before this moment count no longer.

    A fixed window that may have begun only on one of two clocks is taken as not yet begun.
    """
    if window.fixed:
        return start(window, now - guard) - guard
    return now - window.length - guard


def start(window: Window, at: datetime) -> datetime:
    """When the fixed window around a moment began."""
    first = EPOCH + window.offset
    return first + (at - first) // window.length * window.length


def ceiling(allowed: Iterable[tuple[int, int]]) -> int:
    """The highest total that may be reached: (cap, total before the boundary) of each limit."""
    return min(cap + before for cap, before in allowed)


def wanted(ledger: Ledger, number: int) -> int:
    """The total that must have left the window before reply `number` may go; may be negative."""
    return ledger.spent + ledger.reserved + number * ledger.cost - ledger.window.cap


def when(
    number: int, now: datetime, guard: timedelta, ledgers: Sequence[Ledger]
) -> datetime | None:
    """The moment reply `number` (1 is the next) may go if each goes as soon as it may.

    What is reserved is taken as spent now. None: a limit is smaller than one reply.
    """
    if any(ledger.cost > ledger.window.cap for ledger in ledgers):
        return None
    moments: list[datetime] = []
    for each in range(1, number + 1):
        leaving = [(ledger.window, _leaving(ledger, each, moments, now)) for ledger in ledgers]
        free = [_gone(window, at, guard) for window, at in leaving if at is not None]
        moments.append(max([now, *free]))
    return moments[-1] if moments else now


def _leaving(
    ledger: Ledger, number: int, moments: list[datetime], now: datetime
) -> datetime | None:
    """When that was spent which must have left before reply `number`; None: nothing must."""
    need = wanted(ledger, number)
    if need <= 0:
        return None
    if need <= ledger.spent:
        return ledger.past[bisect_left(ledger.past, need, key=lambda spend: spend[1])][0]
    planned = need - ledger.spent - ledger.reserved
    return now if planned <= 0 else moments[-(-planned // ledger.cost) - 1]


def _gone(window: Window, at: datetime, guard: timedelta) -> datetime:
    """The first moment whose boundary lies after `at`."""
    if not window.fixed:
        return at + window.length + guard + TICK
    return start(window, at + guard) + window.length + guard
