"""What is asked of the figures: a period, in what steps, of whom, and by what. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DIMENSIONS = ("channel", "area", "need", "language")
STEPS = ("minute", "hour", "day")
PERIODS = ("60m", "24h", "7d", "28d", "90d", "365d")
USUAL = "7d"
MOST_DAYS = 3660
MOST_STEPS = 1500
LONGEST = 40  # characters of a value that is asked for
UNKNOWN = "?"  # asks for what has no value: of an empty one nobody knows whether it was asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """`period` is one of `PERIODS`, or "" with days from `first` to `last`. `where` has a value for
    each dimension that is narrowed; `by` is the dimension whose values stand side by side, or "".
    """

    period: str = USUAL
    first: date | None = None
    last: date | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    by: str = ""

    def bounds(self, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """begins ≤ written < ends, in UTC. The last minutes and hours are whole ones, and so are
        the days, of which today is the last.
        """
        if self.first and self.last:
            return _midnight(self.first, zone), _midnight(self.last + timedelta(days=1), zone)
        many = int(self.period[:-1])
        if self.period.endswith("d"):
            today = now.astimezone(zone).date()
            return (
                _midnight(today - timedelta(days=many - 1), zone),
                _midnight(today + timedelta(days=1), zone),
            )
        step = timedelta(minutes=1) if self.period.endswith("m") else timedelta(hours=1)
        ends = _whole(now, step) + step
        return ends - many * step, ends

    def step(self, begins: datetime, ends: datetime) -> str:
        """The finest that a chart can show."""
        length = ends - begins
        if length <= timedelta(hours=2):
            return "minute"
        return "hour" if length <= timedelta(days=8) else "day"

    def as_query(self) -> dict[str, str]:
        """The values of its address."""
        days = {"first": str(self.first), "last": str(self.last)} if self.first else {}
        period = {"period": self.period} if self.period else {}
        return period | days | dict(self.where) | ({"by": self.by} if self.by else {})


def asked(given: Mapping[str, str]) -> Asked:
    """From the values of an address; what is not understood is as if it were not there."""
    first, last = _day(given.get("first", "")), _day(given.get("last", ""))
    where = {name: given[name][:LONGEST] for name in DIMENSIONS if given.get(name)}
    by = given.get("by", "")
    by = by if by in DIMENSIONS and by not in where else ""
    if first and last and first <= last and (last - first).days < MOST_DAYS:
        return Asked("", first, last, where, by)
    period = given.get("period", "")
    return Asked(period if period in PERIODS else USUAL, None, None, where, by)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 < found.year < 2200 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _whole(at: datetime, step: timedelta) -> datetime:
    zero = datetime(1970, 1, 1, tzinfo=UTC)
    return zero + (at - zero) // step * step
