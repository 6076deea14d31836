"""The hours in which people are called back, and the slots that follow from them. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL = "mon-fri 09:00-11:00 11:00-13:00 14:00-16:00 16:00-18:00"
NOTICE = timedelta(minutes=30)  # a slot that begins sooner is not promised any more
_PART = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")

Slot = tuple[datetime, datetime]


class Window(NamedTuple):
    """One stretch of a weekday (0 is Monday), in the organisation's own time."""

    day: int
    start: time
    end: time


def windows(text: str) -> list[Window]:
    """From "mon-fri 09:00-11:00 11:00-13:00; sat 10:00-12:00". ValueError says what is wrong."""
    found = [window for line in text.split(";") if line.strip() for window in _line(line)]
    if not found:
        raise ValueError("no hours are given")
    return sorted(set(found))


def slots(given: Sequence[Window], now: datetime, zone: ZoneInfo, days: int = 7) -> list[Slot]:
    """Those that begin in the next days, in UTC as `now` is, oldest first.

    An hour that a change of the clocks leaves out is left out here too.
    """
    today = now.astimezone(zone).date()
    found = []
    for ahead in range(days + 1):
        day = today + timedelta(days=ahead)
        for window in given:
            if window.day == day.weekday():
                start = datetime.combine(day, window.start, zone).astimezone(now.tzinfo)
                end = datetime.combine(day, window.end, zone).astimezone(now.tzinfo)
                found.append((start, end))
    return [slot for slot in found if slot[0] >= now + NOTICE and slot[0] < slot[1]]


def _line(text: str) -> Iterator[Window]:
    named, *parts = text.lower().split()
    days = list(_days(named))
    if not parts:
        raise ValueError(f"no hours are given for {named}")
    for part in parts:
        start, end = _stretch(part)
        yield from (Window(day, start, end) for day in days)


def _days(named: str) -> Iterator[int]:
    for each in named.split(","):
        first, _, last = each.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise ValueError(f"{each} is no day; there are {', '.join(DAYS)}")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        yield from range(begin, end + 1) if begin <= end else (*range(begin, 7), *range(end + 1))


def _stretch(part: str) -> tuple[time, time]:
    found = _PART.fullmatch(part)
    if not found:
        raise ValueError(f"{part} is no stretch of time such as 09:00-11:00")
    first, past_first, last, past_last = map(int, found.groups())
    try:
        start, end = time(first, past_first), time(last, past_last)
    except ValueError:
        raise ValueError(f"{part} is no time of a day") from None
    if start >= end:
        raise ValueError(f"{part} ends before it begins")
    return start, end
