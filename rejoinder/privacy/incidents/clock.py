"""By when somebody has to be told of an incident, and how that stands. Pure."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rejoinder.privacy.incidents.rules import Duty

OffDay = Callable[[date], bool]  # whether it is a public holiday there
_SATURDAY = 5


class Standing(StrEnum):
    """How a clock stands."""

    RUNS = "runs"
    LATE = "late"
    MET = "met"
    MET_LATE = "met-late"


def due(duty: Duty, aware_at: datetime, off: OffDay) -> datetime | None:
    """The last moment for it; None where the law names none ("without undue delay").

    Hours run on through nights and holidays. Working days are counted from the day after, and the
    last of them counts to its end.
    """
    if duty.version.hours is not None:
        return aware_at + timedelta(hours=duty.version.hours)
    if duty.version.working_days is None:
        return None
    zone = ZoneInfo(duty.rule.zone)
    day = aware_at.astimezone(zone).date()
    for _ in range(duty.version.working_days):
        day = working_day(day + timedelta(days=1), off)
    return end_of(day, zone)


def working_day(day: date, off: OffDay) -> date:
    """That day, or the first working day after it."""
    while day.weekday() >= _SATURDAY or off(day):
        day += timedelta(days=1)
    return day


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The midnight with which a day ends there."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def standing(due_at: datetime | None, met_at: datetime | None, now: datetime) -> Standing:
    """How a clock stands; one without a last moment is never late."""
    if met_at is not None:
        return Standing.MET_LATE if due_at is not None and met_at > due_at else Standing.MET
    return Standing.LATE if due_at is not None and now > due_at else Standing.RUNS
