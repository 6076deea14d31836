"""Cells of a table from mentions in columns. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rejoinder.reporting.rollup.columns import Ints
from rejoinder.reporting.rollup.people import counted_also_as_one

MOST = 4_000_000  # cells


class TooManyError(ValueError):
    """More cells than anybody could read."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Mentions and people of each step of time (the first axis) and value of each dimension.

    `people` are distinct in a cell; of a cell that several days of history make, at least so many.
    """

    values: Mapping[str, Sequence[str]]  # of each dimension, in the order of the axes
    mentions: Ints
    people: Ints


def cells(
    steps: Ints, many: int, dimensions: Mapping[str, tuple[Ints, Sequence[str]]], persons: Ints
) -> tuple[Cells, Cells]:
    """Of mentions that are each in a step 0 … `many` - 1 and at a place in the values of each
    dimension: by step, and all steps as one. Raises TooManyError.
    """
    shape = (many, *(len(values) for _places, values in dimensions.values()))
    size = int(np.prod(shape, dtype=np.float64))
    if size > MOST:
        raise TooManyError(f"{size} cells")
    groups = steps
    for places, values in dimensions.values():
        groups = groups * len(values) + places
    told = {name: list(values) for name, (_places, values) in dimensions.items()}
    nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64))
    each = size // many
    fine, whole = counted_also_as_one(groups, persons, size, each) if each else (nothing, nothing)
    return _shaped(told, shape, fine), _shaped(told, (1, *shape[1:]), whole)


def _shaped(
    values: Mapping[str, Sequence[str]], shape: tuple[int, ...], figures: tuple[Ints, Ints]
) -> Cells:
    mentions, people = figures
    return Cells(values, mentions.reshape(shape), people.reshape(shape))


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
