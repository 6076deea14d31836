"""Cells of a table from mentions in columns. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rejoinder.reporting.rollup.columns import Ints
from rejoinder.reporting.rollup.people import once

MOST = 4_000_000  # cells
FEW_MENTIONS = 2**17  # that all fit into the cache at once


class TooManyError(ValueError):
    """More cells than anybody could read."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the mentions: the step each is in (one number where all are in the same), its place
    among the values of each dimension, and who wrote it. None is empty.
    """

    steps: Ints | int
    places: Sequence[Ints]
    persons: Ints


@dataclass(frozen=True, slots=True)
class Cells:
    """Mentions and people of each step of time (the first axis) and value of each dimension.

    `people` are distinct in a cell; of a cell that several days of history make, at least so many.
    """

    values: Mapping[str, Sequence[str]]  # of each dimension, in the order of the axes
    mentions: Ints
    people: Ints


def _go_on() -> None:
    """Without a pause."""


def cells(
    parts: Sequence[Part],
    many: int,
    values: Mapping[str, Sequence[str]],
    pause: Callable[[], None] = _go_on,
) -> tuple[Cells, Cells]:
    """By step 0 … `many` - 1, and all steps as one; `pause` is called every few milliseconds.

    Raises TooManyError.
    """
    shape = (many, *map(len, values.values()))
    size = int(np.prod(shape, dtype=np.float64))
    if size > MOST:
        raise TooManyError(f"{size} cells")
    each = size // many
    said = sum(len(part.persons) for part in parts)
    if not said:
        mentions, people = np.zeros(size, np.int64), np.zeros(size, np.int64)
        all_people = np.zeros(each, np.int64)
    elif said <= FEW_MENTIONS:
        mentions, people, all_people = _at_once(parts, many, shape[1:], each)
    else:
        mentions, people, all_people = _step_by_step(parts, many, shape[1:], each, pause)
    told = {name: list(words) for name, words in values.items()}
    all_mentions = mentions.reshape(many, each).sum(axis=0)
    one = (1, *shape[1:])
    return (
        Cells(told, mentions.reshape(shape), people.reshape(shape)),
        Cells(told, all_mentions.reshape(one), all_people.reshape(one)),
    )


def _at_once(
    parts: Sequence[Part], many: int, shape: tuple[int, ...], each: int
) -> tuple[Ints, Ints, Ints]:
    """Mentions and people of each step and cell, and people of each cell."""
    cell = np.concatenate([_cell(part, shape) + part.steps * each for part in parts])
    ground = _Ground.of(parts, many * each)
    persons = np.concatenate([part.persons for part in parts])
    mentions, people, found = ground.counted(cell, persons)
    of_all = replace(ground, many=each)
    return mentions, people, of_all.of_any([found % of_all.size])


def _step_by_step(
    parts: Sequence[Part],
    many: int,
    shape: tuple[int, ...],
    each: int,
    pause: Callable[[], None],
) -> tuple[Ints, Ints, Ints]:
    """The same of many mentions: what is worked on stays in the processor's cache."""
    mentions, people = np.zeros((many, each), np.int64), np.zeros((many, each), np.int64)
    ground = _Ground.of(parts, each)
    there = []
    for step, mine in _by_step(parts, shape, pause).items():
        pause()
        mentions[step], people[step], found = ground.counted(*mine)
        there.append(found)
    return mentions, people, ground.of_any(there)


def _by_step(
    parts: Sequence[Part], shape: tuple[int, ...], pause: Callable[[], None]
) -> dict[int, tuple[Ints, Ints]]:
    """Of each step, which cell each mention is in and who wrote it."""
    found: dict[int, list[tuple[Ints, Ints]]] = defaultdict(list)
    for part in parts:
        pause()
        cell = _cell(part, shape)
        if isinstance(part.steps, int):
            found[part.steps].append((cell, part.persons))
            continue
        for step in np.unique(part.steps).tolist():
            inside = part.steps == step
            found[step].append((cell[inside], part.persons[inside]))
    return {
        step: (np.concatenate([each[0] for each in own]), np.concatenate([each[1] for each in own]))
        for step, own in found.items()
    }


def _cell(part: Part, shape: tuple[int, ...]) -> Ints:
    if not part.places:
        return np.zeros(len(part.persons), np.int64)
    cell = part.places[0]
    for places, many in zip(part.places[1:], shape[1:], strict=True):
        cell = cell * many + places
    return cell


@dataclass(frozen=True, slots=True)
class _Ground:
    """Cells and people as one number, the cell first: in order, a cell is one stretch.

    `many` cells, and people from the `first` on, of whom there are at most `reach`.
    """

    many: int
    first: int
    reach: int

    @classmethod
    def of(cls, parts: Sequence[Part], many: int) -> "_Ground":
        first = min(int(part.persons.min()) for part in parts)
        last = max(int(part.persons.max()) for part in parts)
        return cls(many, first, last - first + 1)

    def counted(self, cell: Ints, persons: Ints) -> tuple[Ints, Ints, Ints]:
        """Mentions and people of each cell, and each person once in each cell, in order."""
        low = int(persons.min())
        near = _Ground(self.many, low, int(persons.max()) - low + 1)
        mentions = np.bincount(cell, minlength=self.many)
        if not near.fits_table(len(cell)):
            found = self.keys(cell, persons)
            found.sort()
            found = once(found)
            return mentions, self.by_cell(found), found
        there = np.zeros(near.size, np.bool_)
        there[near.keys(cell, persons)] = True
        found = np.flatnonzero(there)
        people = near.by_cell(found)
        found += np.repeat(
            np.arange(self.many) * (self.reach - near.reach) + low - self.first, people
        )
        return mentions, people, found

    def of_any(self, several: Sequence[Ints]) -> Ints:
        """People of each cell, from what `counted` found in several steps."""
        if not self.fits_table(sum(map(len, several))):
            together = np.concatenate(several)
            together.sort()
            return self.by_cell(once(together))
        there = np.zeros(self.size, np.bool_)
        for found in several:
            there[found] = True
        rows = there.reshape(self.many, self.reach)
        return np.array([np.count_nonzero(row) for row in rows], np.int64)

    @property
    def size(self) -> int:
        return self.many * self.reach

    def fits_table(self, mentions: int) -> bool:
        """A table of bits is quicker than sorting, as long as it is not much larger."""
        return self.size <= 16 * mentions + 2**16

    def keys(self, cell: Ints, persons: Ints) -> Ints:
        keys: Ints = cell * self.reach
        keys += persons
        keys -= self.first
        # Half as wide sorts twice as fast.
        return keys.astype(np.int32) if self.size < 2**31 else keys

    def by_cell(self, ordered: Ints) -> Ints:
        """How many of these there are in each cell."""
        edges = np.arange(self.many + 1) * self.reach
        return np.diff(np.searchsorted(ordered, edges.astype(ordered.dtype)))


def together(one: Cells, other: Cells) -> Cells:
    """Two tables of the same steps and dimensions. What is in a cell of both are at least the
    people of the one with more.
    """
    values = {name: sorted({*told, *other.values[name]}) for name, told in one.values.items()}
    shape = (len(one.mentions), *map(len, values.values()))
    if int(np.prod(shape, dtype=np.float64)) > MOST:
        raise TooManyError(f"{shape} cells")
    mentions, people = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for each in (one, other):
        places = [[values[name].index(word) for word in told] for name, told in each.values.items()]
        at = np.ix_(range(shape[0]), *places)
        mentions[at] += each.mentions
        people[at] = np.maximum(people[at], each.people)
    return Cells(values, mentions, people)
