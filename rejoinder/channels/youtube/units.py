"""The day's units: how many, and when they start anew. Pure.

10,000 for a project and a day, which ends at midnight Pacific (YouTube Data API, Quota Usage): at
08:00 UTC in winter and 07:00 in summer.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from rejoinder.channels.contract import Limit

DAY = 86_400
UNITS = 10_000
LISTENING = 2000  # of them are kept for hearing; the others answer
REPLY = 50
PACIFIC = ZoneInfo("America/Los_Angeles")
YEARS = range(2026, 2036)


def limits() -> tuple[Limit, ...]:
    """One for each stretch between two changes of the clocks there."""
    turns = [turn for year in YEARS for turn in _turns(year)]
    ends = [*turns[1:], None]
    first = _limit(_offset(turns[0] - timedelta(days=1)), None, turns[0])
    return (first, *(_limit(_offset(at), at, end) for at, end in zip(turns, ends, strict=True)))


def until_anew(now: datetime) -> float:
    """Seconds until the next midnight there."""
    there = now.astimezone(PACIFIC)
    midnight = datetime.combine(there.date() + timedelta(days=1), datetime.min.time(), PACIFIC)
    return max(1.0, (midnight.astimezone(UTC) - now).total_seconds())


def day(now: datetime) -> str:
    """The day it is there."""
    return now.astimezone(PACIFIC).date().isoformat()


def _limit(offset: float, begin: datetime | None, end: datetime | None) -> Limit:
    return Limit(
        name="day",
        cap=UNITS - LISTENING,
        window=DAY,
        unit="units",
        cost=REPLY,
        alignment="fixed",
        offset=offset,
        scope="app",
        all_clients=False,
        valid_from=begin,
        valid_to=end,
    )


def _turns(year: int) -> list[datetime]:
    """The first midnights there after the clocks were changed, in UTC."""
    midnights = [
        datetime(year, 1, 1, tzinfo=PACIFIC) + timedelta(days=number) for number in range(366)
    ]
    return [
        after.astimezone(UTC)
        for before, after in pairwise(midnights)
        if before.utcoffset() != after.utcoffset() and after.year == year
    ]


def _offset(at: datetime) -> float:
    """By how much midnight there is later than midnight UTC."""
    there = at.astimezone(PACIFIC).utcoffset() or timedelta(0)
    return -there.total_seconds()
