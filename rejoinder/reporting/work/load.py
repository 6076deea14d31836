"""How many people wrote in each hour, against how many those on duty could help. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from rejoinder.reporting.few import FEW
from rejoinder.reporting.rollup.columns import Ints
from rejoinder.reporting.rollup.people import counted
from rejoinder.team.rota.coverage import HOUR, Covered, Floats, gaps

_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day, over `days` of them: people who wrote (a mean; None when too few were
    there in all), people who could be helped (a mean), and in how many of them more wrote.
    """

    hour: int
    days: int
    people: float | None
    can_help: float
    over: int | None


@dataclass(frozen=True, slots=True)
class Alone:
    """Hours in a row with nobody on duty for a while, and the people who wrote in them."""

    begins: datetime
    ends: datetime
    people: int


def by_hour(at: Ints, person: Ints, cover: Covered, zone: ZoneInfo) -> list[Hour]:
    """Each hour of the day that there was. `at` are seconds since 1970 within `cover`; somebody
    counts once in each hour in which they wrote.
    """
    many = len(cover.can_help)
    wrote = counted(_places(at, cover), person, many)[1]
    on_wall = _on_wall(cover.begins, many, zone)
    ever = counted(on_wall[_places(at, cover)], person, 24)[1]
    return [_hour(each, on_wall == each, wrote, cover, int(ever[each])) for each in range(24)]


def _hour(hour: int, mine: np.ndarray, wrote: Ints, cover: Covered, ever: int) -> Hour:
    days = int(mine.sum())
    could = _mean(cover.can_help[mine])
    if 0 < ever < FEW:
        return Hour(hour, days, None, could, None)
    over = int((wrote[mine] > cover.can_help[mine]).sum())
    return Hour(hour, days, _mean(wrote[mine].astype(np.float64)), could, over)


def alone(at: Ints, person: Ints, cover: Covered) -> list[Alone]:
    """Gaps in which as many people wrote as may be told; the one with most of them first."""
    found = []
    for gap in gaps(cover, None):
        first, last = gap.begins.timestamp(), gap.ends.timestamp()
        people = len(set(person[(at >= first) & (at < last)].tolist()))
        if people >= FEW:
            found.append(Alone(gap.begins, gap.ends, people))
    return sorted(found, key=lambda each: (-each.people, each.begins))


def _places(at: Ints, cover: Covered) -> Ints:
    found: Ints = (at - int(cover.begins.timestamp())) // _SECONDS
    return found


def _on_wall(begins: datetime, many: int, zone: ZoneInfo) -> Ints:
    return np.array(
        [(begins + place * HOUR).astimezone(zone).hour for place in range(many)], np.int64
    )


def _mean(values: Floats | Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
