"""When a conversation that was put aside comes back, and which times are offered. Pure.

Time alone never keeps anybody away: whatever event is waited for, there is a latest time, and who
writes again or turns out to be in urgent need is back at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rejoinder.team.rota.shifts import Works, on_duty, shifts

EVENING = time(18)
MORNING = time(9)
FIRST, LAST = time(5), time(12)  # a shift that begins between these begins the team's morning
LEAST = timedelta(hours=1)  # what is nearer is not worth putting anything aside for
LATEST = timedelta(days=14)  # for an event that does not come
WEEK = 7


class Back(StrEnum):
    """Why it is back; of several reasons the first counts."""

    URGENT = "urgent"
    WROTE = "wrote"
    ANSWER = "answer"
    CRISIS = "crisis"
    TIME = "time"
    WORKED = "worked"  # it was closed, and now a person asks whether that helped
    # What colleagues and platforms do; nothing that is waited for.
    TAKEN = "taken"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Sleeper:
    """One that sleeps, and what is true of it now."""

    number: int
    until: datetime
    event: str = ""
    urgent: bool = False
    wrote: bool = False
    published: bool = False


class Choice(NamedTuple):
    """A time that is offered: this evening, tomorrow, or the first day of next week."""

    kind: str
    at: datetime


def back(sleepers: Sequence[Sleeper], now: datetime, *, crisis: bool) -> dict[int, Back]:
    """Those who are back, by number, with why; `crisis` says that one is open."""
    found = ((each.number, _why(each, now, crisis=crisis)) for each in sleepers)
    return {number: why for number, why in found if why is not None}


def until(asked: datetime | None, now: datetime, promised: datetime | None) -> datetime:
    """The latest time to sleep until: what was asked, and never past a call that is promised."""
    latest = asked or now + LATEST
    return min(latest, promised) if promised and promised > now else latest


def choices(now: datetime, zone: str, team: Sequence[Works]) -> list[Choice]:
    """What is offered, earliest first, by the clock in `zone` and the hours of the team.

    A day on which nobody of a team with hours works has no morning.
    """
    here = now.astimezone(ZoneInfo(zone))
    today = here.date()
    monday = today + timedelta(days=WEEK - today.weekday())
    evening = _moment(today, EVENING, zone)
    offered = [Choice("evening", evening)] if evening >= now + LEAST else []
    if at := _morning(today + timedelta(days=1), zone, team):
        offered.append(Choice("tomorrow", at))
    later = (_morning(monday + timedelta(days=day), zone, team) for day in range(WEEK))
    week = next((at for at in later if at is not None), None)
    if week and week not in {each.at for each in offered}:
        offered.append(Choice("week", week))
    return offered


def _why(sleeper: Sleeper, now: datetime, *, crisis: bool) -> Back | None:
    if sleeper.urgent:
        return Back.URGENT
    if sleeper.wrote:
        return Back.WROTE
    if sleeper.event == Back.ANSWER and sleeper.published:
        return Back.ANSWER
    if sleeper.event == Back.CRISIS and not crisis:
        return Back.CRISIS
    if sleeper.until > now:
        return None
    return Back.WORKED if sleeper.event == Back.WORKED else Back.TIME


def _morning(day: date, zone: str, team: Sequence[Works]) -> datetime | None:
    """When the team begins that day; None when it keeps hours and nobody works."""
    usual = _moment(day, MORNING, zone)
    if not any(any(one.week) for one in team):
        return usual
    first, last = _moment(day, FIRST, zone), _moment(day, LAST, zone)
    # One that began at night goes on in the morning, and is no beginning.
    begun = [
        each.begins
        for one in team
        for each in shifts(one, first - timedelta(hours=1), last)
        if each.begins >= first
    ]
    if begun:
        return min(begun)
    return usual if on_duty(team, usual) else None


def _moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
