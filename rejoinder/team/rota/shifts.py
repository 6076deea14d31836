"""When somebody works, as moments: an ordinary week, public holidays, changes of single days. Pure.

Hours are those of the clock on the wall where the person is; where clocks are changed at night, a
shift over it is an hour shorter or longer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rejoinder.team.rota.week import DAY, HOLIDAY, NEVER, Spans, Week

PACE = 12  # people one helps in an hour, unless it is said


class Shift(NamedTuple):
    """From one moment to another (UTC)."""

    begins: datetime
    ends: datetime


class Change(NamedTuple):
    """Other hours on these days, both included; no hours: away."""

    first: date
    last: date
    hours: Spans = ()


@dataclass(frozen=True, slots=True)
class Works:
    """Somebody's working hours. Of changes that fall on one day, the last one holds."""

    number: int
    zone: str
    week: Week = NEVER
    holidays: frozenset[date] = frozenset()
    changes: Sequence[Change] = ()
    pace: int = PACE
    languages: frozenset[str] = field(default_factory=frozenset)
    skills: frozenset[str] = field(default_factory=frozenset)


def hours(works: Works, day: date) -> Spans:
    """What somebody works of the shifts that begin on a day."""
    for change in reversed(works.changes):
        if change.first <= day <= change.last:
            return change.hours
    return works.week[HOLIDAY if day in works.holidays else day.weekday()]


def is_away(works: Works, at: datetime) -> bool:
    """Whether a change says that somebody does not work on the day that it is there."""
    day = at.astimezone(ZoneInfo(works.zone)).date()
    found = [change for change in works.changes if change.first <= day <= change.last]
    return bool(found) and not found[-1].hours


def shifts(works: Works, begins: datetime, ends: datetime) -> list[Shift]:
    """What somebody works within a time, in order; shifts that touch or overlap are one."""
    merged: list[Shift] = []
    for one in sorted(_shifts(works, begins, ends)):
        if merged and one.begins <= merged[-1].ends:
            merged[-1] = Shift(merged[-1].begins, max(one.ends, merged[-1].ends))
        else:
            merged.append(one)
    return merged


def on_duty(everybody: Sequence[Works], at: datetime) -> list[int]:
    """The numbers of those who work at this moment, as they stand."""
    return [one.number for one in everybody if shifts(one, at, at + timedelta(minutes=1))]


def next_shift(everybody: Sequence[Works], after: datetime, within: timedelta) -> datetime | None:
    """When anybody works next, from `after` on; None: nobody does within that time."""
    found = [one for works in everybody for one in shifts(works, after, after + within)]
    return min((one.begins for one in found), default=None)


def _shifts(works: Works, begins: datetime, ends: datetime) -> Iterator[Shift]:
    zone = ZoneInfo(works.zone)
    # One that began yesterday may go on into today.
    day = begins.astimezone(zone).date() - timedelta(days=1)
    while day <= ends.astimezone(zone).date():
        for span in hours(works, day):
            first, last = (max(begins, min(ends, _moment(day, at, zone))) for at in span)
            if first < last:
                yield Shift(first, last)
        day += timedelta(days=1)


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A minute of a day on the wall; one that clocks skip is the moment at which they do."""
    there = day + timedelta(days=minute // DAY)
    clock = time(minute % DAY // 60, minute % 60)
    return datetime.combine(there, clock, zone).astimezone(UTC)
