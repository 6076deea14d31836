"""The hours of the next month: who is on duty in them, and what is expected to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.db import connection

from rejoinder.crisis.alarm.watching import watching
from rejoinder.listening.models import MinuteCount
from rejoinder.plumbing import clock
from rejoinder.plumbing.sql import fetch
from rejoinder.team import holidays
from rejoinder.team.rota import duty
from rejoinder.team.rota.coverage import HOUR, Covered, Floats, Gap, covered, expected, gaps
from rejoinder.team.rota.shifts import Works

DAYS = 31
PAST = timedelta(weeks=8)

_HOURS = {
    "sqlite": "CAST(unixepoch(minute) / 3600 AS integer)",
    "postgresql": "CAST(floor(extract(epoch FROM minute) / 3600) AS bigint)",
}
_COUNT = """
SELECT {hour}, sum(mentions) FROM listening_minutecount
WHERE minute >= %s AND minute < %s GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """Hour by hour from this one on; `expected` is None while nothing was heard."""

    covered: Covered
    expected: Floats | None
    gaps: list[Gap]


def cover(zone: str, *, language: str = "", skill: str = "", days: int = DAYS) -> Cover:
    """Of everybody, or of those who speak a language and know a thing; days are of this zone."""
    here = clock.now().astimezone(ZoneInfo(zone))
    begins = here.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    ends = _midnight(begins + timedelta(days=days), zone)
    hours = (ends - begins) // HOUR
    found = covered(_able(duty.works(), language, skill), begins, hours)
    wanted = _expected(begins, hours)
    return Cover(found, wanted, gaps(found, wanted))


def _able(everybody: list[Works], language: str, skill: str) -> list[Works]:
    return [
        one
        for one in everybody
        if (not language or language in one.languages) and (not skill or skill in one.skills)
    ]


def _expected(begins: datetime, hours: int) -> Floats | None:
    """By the hours of past weeks; clock and holidays are those that alarms go by."""
    now = clock.now()
    heard = watching()
    days = holidays.between(heard.place, now.year - 1, now.year + 1)
    return expected(list(_past(now)), begins, hours, heard.zone, days)


def _past(now: datetime) -> Iterator[tuple[datetime, int]]:
    """Whole hours since the first that was heard, also those in which nothing came."""
    first = MinuteCount.objects.filter(minute__gte=now - PAST).order_by("minute").first()
    if first is None:
        return
    adapt = connection.ops.adapt_datetimefield_value
    statement = _COUNT.format(hour=_HOURS[connection.vendor])
    begin = int(first.minute.timestamp() // 3600)
    end = int(now.timestamp() // 3600)
    bounds = (datetime.fromtimestamp(place * 3600, UTC) for place in (begin, end))
    counts = dict(cast("list[tuple[int, int]]", fetch(statement, tuple(map(adapt, bounds)))))
    for place in range(begin, end):
        yield datetime.fromtimestamp(place * 3600, UTC), int(counts.get(place, 0))


def _midnight(at: datetime, zone: str) -> datetime:
    there = at.astimezone(ZoneInfo(zone))
    return there.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)
