"""What is asked, answered: by step and value, of history and of what is not closed alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from rejoinder.desk.experts import areas
from rejoinder.plumbing import clock
from rejoinder.reporting.explore import history
from rejoinder.reporting.explore.asking import DIMENSIONS, UNKNOWN, Asked
from rejoinder.reporting.explore.cells import Cells, cells, together
from rejoinder.reporting.explore.hiding import Bools, told
from rejoinder.reporting.heard import areas_of
from rejoinder.reporting.models import ClosedDay
from rejoinder.reporting.rollup.blocks import between
from rejoinder.reporting.rollup.columns import Columns, Ints
from rejoinder.reporting.rollup.counting import keep
from rejoinder.reporting.rollup.days import midnights
from rejoinder.reporting.spans import Span
from rejoinder.reporting.zone import zone

FEW_VALUES = 4096  # from the least to the greatest
SECONDS = {"minute": 60, "hour": 3600}


@dataclass(frozen=True, slots=True)
class Line:
    """One value side by side with others: figures of each step, None where they are hidden.

    `people` of the whole are at least so many where `Answer.at_least`.
    """

    value: str
    steps: Sequence[tuple[int, int] | None]  # mentions, people
    whole: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`moments` are when each step begins; `step` how long one is; lines the largest first."""

    asked: Asked
    step: str
    moments: Sequence[datetime]
    lines: Sequence[Line]
    closed: int  # days of it that are closed
    at_least: bool


def answer(asked: Asked) -> Answer:
    """Counted now. Raises TooManyError."""
    keep()
    begins, ends = asked.bounds(clock.now(), zone())
    step = asked.step(begins, ends)
    bounds = _bounds(begins, ends, step)
    used = [name for name in DIMENSIONS if name in asked.where or name == asked.by]
    days = history.closed(begins, ends)
    found = _open(begins, ends, days, used)
    steps = np.searchsorted(bounds, found["at"], side="right") - 1
    fine, whole = _cells(found, steps, len(bounds) - 1, used)
    if days:
        # History knows hours and days.
        by_hour = step != "day"
        fine = together(fine, history.figures(days, bounds, len(bounds) - 1, used, by_hour=by_hour))
        ends_of_it = bounds[[0, -1]]
        whole = together(whole, history.figures(days, ends_of_it, 1, used, by_hour=False))
    moments = [datetime.fromtimestamp(int(each), UTC) for each in bounds[:-1]]
    return Answer(asked, step, moments, _lines(asked, fine, whole), len(days), bool(days))


def _bounds(begins: datetime, ends: datetime, step: str) -> Ints:
    if step == "day":
        days = [each.astimezone(zone()).date() for each in (begins, ends)]
        return midnights(days[0], (days[1] - days[0]).days, zone())
    first, last = int(begins.timestamp()), int(ends.timestamp())
    return np.arange(first, last + 1, SECONDS[step])


def _open(
    begins: datetime, ends: datetime, days: Sequence[ClosedDay], used: Sequence[str]
) -> Columns:
    """What is in no closed day."""
    columns = [name for name in used if name != "area"]
    columns += ["person", *(["intent", "question"] if "area" in used else [])]
    found = between(begins, ends, columns)
    for day in days:
        first, last = (int(each.timestamp()) for each in Span(day.day, 1).bounds(zone()))
        found = found.where((found["at"] < first) | (found["at"] >= last))
    return found


def _cells(found: Columns, steps: Ints, many: int, used: Sequence[str]) -> tuple[Cells, Cells]:
    return cells(steps, many, {name: _places(found, name) for name in used}, found["person"])


def _places(found: Columns, name: str) -> tuple[Ints, list[str]]:
    """Where the value of each mention stands among the values of a dimension."""
    if name in found.words:
        return found[name], list(found.words[name])
    numbers = areas_of(found, list(areas.kept())) if name == "area" else found[name]
    values, places = _distinct(numbers)
    return places, [str(each) for each in values.tolist()]


def _distinct(numbers: Ints) -> tuple[Ints, Ints]:
    """The values among them, in order, and where each stands among those."""
    if not len(numbers):
        return numbers, numbers
    base = numbers.min()
    if numbers.max() - base >= FEW_VALUES:
        return np.unique(numbers, return_inverse=True)
    over = numbers - base
    there = np.bincount(over) > 0  # quicker than sorting all of them for a few
    return np.flatnonzero(there) + base, (np.cumsum(there) - 1)[over]


def _lines(asked: Asked, fine: Cells, whole: Cells) -> list[Line]:
    parts = [_asked_of(asked, each) for each in (fine, whole)]
    if any(part is None for part in parts):
        return []
    (mentions, people, shown), (all_mentions, all_people, all_shown) = (p for p in parts if p)
    values = whole.values[asked.by] if asked.by else [""]
    at_fine = {value: at for at, value in enumerate(fine.values[asked.by] if asked.by else [""])}
    lines = []
    for at, value in enumerate(values):
        if not all_mentions[0, at]:
            continue
        column = at_fine[value]
        steps = [
            (int(m), int(p)) if ok else None
            for m, p, ok in zip(
                mentions[:, column], people[:, column], shown[:, column], strict=True
            )
        ]
        total = (int(all_mentions[0, at]), int(all_people[0, at])) if all_shown[0, at] else None
        lines.append(Line(value, steps, total))
    return sorted(lines, key=lambda line: (-(line.whole or (0, 0))[0], line.value))


def _asked_of(asked: Asked, table: Cells) -> tuple[Ints, Ints, Bools] | None:
    """Steps by values of `asked.by`, of what it is narrowed to, and which of them may be told.

    What is narrowed to is looked at among all that it might have been: else one could ask for all,
    and for all but a few, and reckon the few.
    """
    shown = told(table.people)
    at: list[slice | int] = [slice(None)]
    for name, values in table.values.items():
        if name in asked.where:
            wanted = "" if asked.where[name] == UNKNOWN else asked.where[name]
            if wanted not in values:
                return None
            at.append(list(values).index(wanted))
        else:
            at.append(slice(None))
    mentions, people, kept = table.mentions[tuple(at)], table.people[tuple(at)], shown[tuple(at)]
    if not asked.by:
        return mentions[:, None], people[:, None], kept[:, None]
    return mentions, people, kept
