"""Which part of the usual week a moment belongs to: half-hours of three kinds of day. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SLOT = 1800  # seconds
SLOTS = 48  # of a day
WEEKDAY, WEEKEND, HOLIDAY = range(3)
KINDS = 3
SATURDAY = 5


def slot(at: float, zone: str, holidays: frozenset[date]) -> tuple[int, int]:
    """(kind of day, half-hour of the day by local time) of `at`, in seconds since 1970."""
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    return _kind(local.date(), holidays), (local.hour * 60 + local.minute) // 30


def _kind(day: date, holidays: frozenset[date]) -> int:
    if day in holidays:
        return HOLIDAY
    return WEEKEND if day.weekday() >= SATURDAY else WEEKDAY
