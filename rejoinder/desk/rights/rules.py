"""By when somebody who asks by their rights has their answer, and what may leave when. Pure.

UK GDPR, Article 12(3): one month from receipt. As the Information Commissioner counts: to the day
of the same number in the next month, or its last day; a day that is no working day moves to the
next one; the time in which somebody was asked who they are, and had not shown it, does not count.
The same paragraph lets it be two further months where a request is complex, if the person is told
so, with the reasons, within the first.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rejoinder.privacy.incidents.clock import OffDay, end_of, working_day

LONGER = 3  # months from receipt, where the month was extended by two


class Kind(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    CORRECTION = "correction"
    OBJECTION = "objection"
    ERASURE = "erasure"


class Standing(StrEnum):
    """How a request stands."""

    RUNS = "runs"
    PAUSED = "paused"
    LATE = "late"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered-late"


@dataclass(frozen=True, slots=True)
class Times:
    """When it came, when we asked who they are, when they had shown it, when it was answered."""

    came_at: datetime
    paused_at: datetime | None = None
    proved_at: datetime | None = None
    answered_at: datetime | None = None
    extended: bool = False


def due(times: Times, now: datetime, zone: ZoneInfo, off: OffDay) -> datetime:
    """The last moment, as far as it can be told now: while it is paused it moves on."""
    day = times.came_at.astimezone(zone).date()
    day = months_after(day, LONGER if times.extended else 1) + paused(times, now)
    return end_of(working_day(day, off), zone)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last one that it has."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def paused(times: Times, now: datetime) -> timedelta:
    """Whole days in which it stood still; a part of a day counts for them, and not for us."""
    if times.paused_at is None:
        return timedelta(0)
    until = times.proved_at or times.answered_at or now
    return timedelta(days=max(0, (until - times.paused_at).days))


def standing(times: Times, due_at: datetime, now: datetime) -> Standing:
    """How it stands."""
    if times.answered_at is not None:
        late = times.answered_at > due_at
        return Standing.ANSWERED_LATE if late else Standing.ANSWERED
    if times.paused_at is not None and times.proved_at is None:
        return Standing.PAUSED
    return Standing.LATE if now > due_at else Standing.RUNS


def may_leave(times: Times) -> bool:
    """Whether a copy may be given, or something erased: only of who showed who they are."""
    return times.proved_at is not None and times.answered_at is None
