"""Whole days of the organisation's own time, and the same days of earlier weeks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

WEEK = 7
BACK = 8  # weeks looked back for what is usual
ENOUGH = 3  # of them, before the median says anything


@dataclass(frozen=True, slots=True)
class Span:
    """`days` days (at most seven) from midnight of `first` on."""

    first: date
    days: int

    @property
    def last(self) -> date:
        """The last day, included."""
        return self.first + timedelta(days=self.days - 1)

    def earlier(self, weeks: int) -> "Span":
        """The same days of the week, so many weeks before."""
        return Span(self.first - timedelta(weeks=weeks), self.days)

    def holds(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day <= self.last

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From its first moment to that after its last, in UTC. A day of changed clocks is 23 or
        25 hours long.
        """
        begins, ends = (
            datetime.combine(day, time(), zone).astimezone(UTC)
            for day in (self.first, self.last + timedelta(days=1))
        )
        return begins, ends


@dataclass(frozen=True, slots=True)
class Usual:
    """Of the same days of earlier weeks: their median, the least, the most, and how many."""

    middle: float
    low: int
    high: int
    weeks: int

    def compared(self, now: int) -> int:
        """1 above all of them, -1 below all of them, 0 among them."""
        return (now > self.high) - (now < self.low)


def week_of(day: date) -> Span:
    """The week of a day, Monday to Sunday (ISO 8601)."""
    return Span(day - timedelta(days=day.weekday()), WEEK)


def before(today: date, days: int) -> Span:
    """The last whole days: today, which is not over, is none of them."""
    return Span(today - timedelta(days=days), days)


def known(span: Span, heard_from: date | None) -> list[Span]:
    """The earlier weeks that were heard from their start on, the newest first."""
    if heard_from is None:
        return []
    found = (span.earlier(weeks) for weeks in range(1, BACK + 1))
    return [each for each in found if each.first >= heard_from]


def usual(counts: Sequence[int]) -> Usual | None:
    """Of the counts of earlier weeks; None while there are too few of them."""
    if len(counts) < ENOUGH:
        return None
    return Usual(float(median(counts)), min(counts), max(counts), len(counts))
