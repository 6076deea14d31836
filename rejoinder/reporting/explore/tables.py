"""What is asked, answered: by step and value, of history and of what is not closed alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from rejoinder.desk.experts import areas
from rejoinder.plumbing import clock
from rejoinder.plumbing.giving_way import let_by
from rejoinder.reporting.explore import history
from rejoinder.reporting.explore.asking import DIMENSIONS, UNKNOWN, Asked
from rejoinder.reporting.explore.cells import Cells, Part, cells, together
from rejoinder.reporting.explore.hiding import Bools, told
from rejoinder.reporting.explore.places import Places
from rejoinder.reporting.heard import mapped_to
from rejoinder.reporting.models import ClosedDay
from rejoinder.reporting.rollup.blocks import parts_between
from rejoinder.reporting.rollup.columns import Columns, Ints
from rejoinder.reporting.rollup.counting import keep
from rejoinder.reporting.rollup.days import midnights
from rejoinder.reporting.spans import Span
from rejoinder.reporting.zone import zone

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
    here = zone()
    begins, ends = asked.bounds(clock.now(), here)
    step = asked.step(begins, ends)
    bounds = _bounds(begins, ends, step, here)
    used = [name for name in DIMENSIONS if name in asked.where or name == asked.by]
    days = history.closed(begins, ends, here)
    parts, values = _parts(_open(begins, ends, days, used), bounds, used)
    fine, whole = cells(parts, len(bounds) - 1, values, let_by)
    if days:
        # History knows hours and days.
        by_hour = step != "day"
        fine = together(fine, history.figures(days, bounds, len(bounds) - 1, used, by_hour=by_hour))
        ends_of_it = bounds[[0, -1]]
        whole = together(whole, history.figures(days, ends_of_it, 1, used, by_hour=False))
    moments = [datetime.fromtimestamp(int(each), UTC) for each in bounds[:-1]]
    return Answer(asked, step, moments, _lines(asked, fine, whole), len(days), bool(days))


def _bounds(begins: datetime, ends: datetime, step: str, here: ZoneInfo) -> Ints:
    if step == "day":
        days = [each.astimezone(here).date() for each in (begins, ends)]
        return midnights(days[0], (days[1] - days[0]).days, here)
    first, last = int(begins.timestamp()), int(ends.timestamp())
    return np.arange(first, last + 1, SECONDS[step])


def _open(
    begins: datetime, ends: datetime, days: Sequence[ClosedDay], used: Sequence[str]
) -> Iterator[Columns]:
    """What is in no closed day, block by block."""
    columns = ["at", "person", *(name for name in used if name != "area")]
    columns += ["intent", "question"] if "area" in used else []
    moments = [each.timestamp() for day in days for each in Span(day.day, 1).bounds(zone())]
    edges = np.array(moments, np.int64)
    for part in parts_between(begins, ends, columns):
        # Between an even number of edges nothing is closed.
        if not len(edges):
            yield part
        elif (found := part.where(np.searchsorted(edges, part["at"], side="right") % 2 == 0)).many:
            yield found


def _parts(
    found: Iterable[Columns], bounds: Ints, used: Sequence[str]
) -> tuple[list[Part], dict[str, list[str]]]:
    """In which step each is and at which place, and the values of each dimension."""
    places = {name: Places() for name in used}
    mapped = mapped_to(list(areas.kept())) if "area" in used else None
    parts = []
    for part in found:
        at = []
        for name, known in places.items():
            if name in part.words:
                at.append(known.of_words(part[name], part.words[name]))
            elif name == "area" and mapped:
                at.append(known.of_numbers(mapped.of(part)))
            else:
                at.append(known.of_numbers(part[name]))
        parts.append(Part(_steps(part["at"], bounds), at, part["person"]))
    return parts, {name: list(known.at) for name, known in places.items()}


def _steps(at: Ints, bounds: Ints) -> Ints | int:
    """In which step each moment is; most blocks are within one."""
    first, last = np.searchsorted(bounds, [at.min(), at.max()], side="right") - 1
    return int(first) if first == last else np.searchsorted(bounds, at, side="right") - 1


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
