"""How much of a limit is used while it binds: replies that always wait, one sent in a second."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from benchmarks.table import Rows, row
from rejoinder.budget.window import GUARD, Ledger, Window, boundary, ceiling, when

BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
A_SEND = timedelta(seconds=1)
ROUNDS = 12  # of the longest window
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# PLATFORMS' published or believed limits, each set as one account has it.
LIMITS = {
    "X, a quarter of an hour": [Window(100, 15 * MINUTE)],
    "X, half-hourly slices": [Window(50, 30 * MINUTE, fixed=True), Window(2400, DAY)],
    "Mastodon": [Window(300, 3 * HOUR, fixed=True)],
    "Bluesky, in replies": [Window(1666, HOUR), Window(11_666, DAY)],
    "Twitter in 2011": [Window(1000, DAY)],
    "a minute": [Window(20, MINUTE)],
}


def run() -> Rows:
    """The share of the tightest limit that was used, with the guard interval and without."""
    rows: Rows = []
    for name, windows in LIMITS.items():
        bare, guarded = _used(windows, timedelta(0)), _used(windows, GUARD)
        detail = f"{guarded:.3f} with {GUARD.total_seconds():g} s of guard"
        rows.append(row(f"used while it binds: {name}", bare, at_least=0.95, detail=detail))
        rows.append(row(f"used with the guard: {name}", guarded, at_least=0.85))
    return rows


def _used(windows: Sequence[Window], guard: timedelta) -> float:
    """Replies sent, of those that the tightest limit would have let through in the same time."""
    past: list[tuple[datetime, int]] = []
    now, tightest = BEGINNING, min(windows, key=_pace)
    wanted = ROUNDS * tightest.cap
    while len(past) < wanted:
        now = _room(windows, past, now, guard) + A_SEND
        past.append((now, len(past) + 1))
    # The round that has begun is whole when the next reply may go.
    over = _room(windows, past, now, guard)
    return wanted / (_pace(tightest) * (over - BEGINNING).total_seconds())


def _pace(window: Window) -> float:
    return window.cap / window.length.total_seconds()


def _room(
    windows: Sequence[Window], past: list[tuple[datetime, int]], now: datetime, guard: timedelta
) -> datetime:
    """The first moment from now at which one more is granted."""
    top = ceiling((each.cap, _before(past, boundary(each, now, guard))) for each in windows)
    if len(past) + 1 <= top:
        return now
    free = when(1, now, guard, [Ledger(each, 1, len(past), 0, past) for each in windows])
    assert free is not None
    return free


def _before(past: list[tuple[datetime, int]], at: datetime) -> int:
    place = bisect_left(past, (at,))
    return past[place - 1][1] if place else 0
