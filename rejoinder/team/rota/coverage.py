"""Hour by hour: how many are on duty, what they can do, and what is expected to come. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from rejoinder.team.rota.shifts import Works, shifts

HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_SUNDAY = 6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Covered:
    """By hour from `begins` (UTC) on: the fewest who are there at once, the share of the hour in
    which nobody is, and how many people those who are there can help.
    """

    begins: datetime
    fewest: NDArray[np.int64]
    nobody: Floats
    can_help: Floats


def covered(everybody: Sequence[Works], begins: datetime, hours: int) -> Covered:
    """Counted by the minute."""
    people = np.zeros(hours * 60 + 1, dtype=np.int64)
    pace = np.zeros(hours * 60 + 1)
    for one in everybody:
        for shift in shifts(one, begins, begins + hours * HOUR):
            first, last = ((at - begins) // _MINUTE for at in shift)
            people[first] += 1
            people[last] -= 1
            pace[first] += one.pace / 60
            pace[last] -= one.pace / 60
    by_hour = people.cumsum()[:-1].reshape(hours, 60)
    helped = pace.cumsum()[:-1].reshape(hours, 60).sum(axis=1)
    return Covered(begins, by_hour.min(axis=1), (by_hour == 0).mean(axis=1), helped.round(6))


def expected(
    past: Sequence[tuple[datetime, int]],
    begins: datetime,
    hours: int,
    zone: str,
    holidays: frozenset[date] = frozenset(),
) -> Floats | None:
    """Mentions in each hour from `begins` on: the mean of the same hour of past weeks.

    `past` are hours (UTC) that were heard, with how many came. Of an hour of the week that was
    never heard, the mean of all; None when nothing was. A public holiday is taken for a Sunday.
    """
    if not past:
        return None
    there = ZoneInfo(zone)
    heard: dict[int, list[int]] = defaultdict(list)
    for at, many in past:
        heard[_place(at, there, holidays)].append(many)
    mean = float(np.mean([many for _, many in past]))
    by_place = {place: float(np.mean(counts)) for place, counts in heard.items()}
    moments = (begins + hour * HOUR for hour in range(hours))
    return np.array([by_place.get(_place(at, there, holidays), mean) for at in moments])


def _place(at: datetime, zone: ZoneInfo, holidays: frozenset[date]) -> int:
    """The hour of the week on the wall."""
    local = at.astimezone(zone)
    day = _SUNDAY if local.date() in holidays else local.weekday()
    return day * 24 + local.hour


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours in a row, in each of which nobody is there for a while; what is expected meanwhile."""

    begins: datetime
    ends: datetime
    expected: float


def gaps(found: Covered, wanted: Floats | None) -> list[Gap]:
    """All of them, the one most is expected in first, then the earliest."""
    lost = found.nobody * (np.zeros(len(found.nobody)) if wanted is None else wanted)
    alone = np.concatenate(([0], found.nobody > 0, [0])).astype(np.int8)
    edges = np.flatnonzero(np.diff(alone))
    stretches = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    every = [
        Gap(found.begins + first * HOUR, found.begins + last * HOUR, float(lost[first:last].sum()))
        for first, last in stretches
    ]
    return sorted(every, key=lambda gap: (-round(gap.expected, 6), gap.begins))
