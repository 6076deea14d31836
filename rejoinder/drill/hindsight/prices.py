"""Good prices for a day: the linear program of its fluid, and what its rows are worth. Pure.

Nothing here has to be exact for the bound to hold; it only has to be near for the bound to be
near. So the day is looked at in buckets, every public answer is out as early as can be, and of a
very large day only every n-th mention is looked at, with the n-th part of all there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from rejoinder.drill.hindsight.chances import LATE, Chances
from rejoinder.drill.hindsight.rows import Row
from rejoinder.drill.world import World

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MOST = 40_000  # ways to help that are looked at together
NEVER = 1_000.0  # for a second in which nobody is on duty: more than any answer is worth
UPDATE = -1
Columns = tuple[Ints, Ints, Ints, Floats, Floats, Floats]  # of Ways


@dataclass(frozen=True, slots=True)
class Prices:
    """What a second of an advisor costs in each bucket, a post by channel and bucket, and a public
    answer by bucket; `allowed` is what all that the limits allow would cost together."""

    edges: Floats
    second: Floats
    post: Floats
    update: Floats
    allowed: float


@dataclass(frozen=True, slots=True)
class Ways:
    """Arrays over the ways to help: whom, in which bucket it is out, where, from when to when it is
    written, what is gained. One in `every` mention is in it; `whom` counts these, then the
    questions, whose public answers have UPDATE for a channel."""

    whom: Ints
    bucket: Ints
    channel: Ints
    begins: Floats
    ends: Floats
    gain: Floats
    every: int

    @property
    def part(self) -> Floats:
        """How much of each is in it: a public answer serves all mentions, not one in `every`."""
        return np.where(self.channel == UPDATE, 1 / self.every, 1.0)


def prices(world: World, helped: Chances, edges: Floats, rows: list[Row]) -> Prices:
    """Prices at which the day's fluid would be shared out best."""
    ways = _ways(world, helped, edges)
    uses = [(row, _use(row, ways)) for row in rows]
    binding = [(row, use) for row, use in uses if use.sum() > row.cap / ways.every]
    on_duty = np.array([world.on_duty(begin) for begin in edges[:-1]], dtype=float)
    hand = helped.handling_s.sum() / max(1, len(helped)) / (edges[-1] - edges[-2])
    there = np.append(on_duty[:-1], on_duty[-2] * hand)  # who is there last ends one reply each
    second, worth = _solve(ways, there, edges, binding)
    post = np.zeros((len(world.channels), len(edges) - 1))
    update = np.zeros(len(edges) - 1)
    allowed = 0.0
    for (row, _), price in zip(binding, worth, strict=True):
        post[:, row.first : row.end] += price * row.posts[:, None]
        update[row.first : row.end] += price * row.update
        allowed += price * row.cap
    return Prices(edges, np.where(on_duty > 0, second, NEVER), post, update, allowed)


def _ways(world: World, helped: Chances, edges: Floats) -> Ways:
    """As many as can be looked at together."""
    every = 1 + len(helped) // MOST
    ways = _every(every, world, helped, edges)
    while len(ways.whom) > MOST:
        every += max(1, every * (len(ways.whom) - MOST) // MOST)
        ways = _every(every, world, helped, edges)
    return ways


def _every(every: int, world: World, helped: Chances, edges: Floats) -> Ways:
    """Every n-th mention answered, and every question."""
    some = helped.some(slice(0, None, every))
    replies, updates = _replies(some, edges), _updates(world, some, edges)
    both = [np.concatenate(pair) for pair in zip(replies, updates, strict=True)]
    whom, bucket, channel, begins, ends, gain = both
    return Ways(whom, bucket, channel, begins, ends, gain, every)


def _replies(one: Chances, edges: Floats) -> Columns:
    """Each in the middle of when it can be out in a bucket, worth what it is at best there."""
    begin, end = edges[:-1], edges[1:]
    points = (one.points_from <= one.until)[:, None] & (
        (one.points_from + one.pointer_s)[:, None] < end
    )
    takes = np.where(points, one.pointer_s[:, None], one.handling_s[:, None])
    starts = np.where(points, one.points_from[:, None], one.at[:, None])
    first = np.maximum(starts + takes, begin)
    last = np.minimum(one.until[:, None] + takes, end)
    share = np.where(first <= one.due[:, None], 1.0, LATE)
    gain = one.worth[:, None] * share - one.unasked[:, None]
    whom, bucket = np.nonzero((first < end) & (first <= last) & (gain > 0))
    ends = (first[whom, bucket] + last[whom, bucket]) / 2
    begins = ends - takes[whom, bucket]
    return whom, bucket, one.channel[whom], begins, ends, gain[whom, bucket]


def _updates(world: World, one: Chances, edges: Floats) -> Columns:
    """A public answer that is worth all that it could spare, whenever it is out."""
    asks = one.question == np.arange(len(one.earliest))[:, None]
    gain = asks @ one.unasked
    first = np.maximum(one.earliest[:, None], edges[:-1])
    question, bucket = np.nonzero((gain > 0)[:, None] & (first < edges[1:]))
    ends = (first[question, bucket] + edges[bucket + 1]) / 2
    channel = np.full(len(question), UPDATE)
    begins = ends - world.writing_s
    return len(one) + question, bucket, channel, begins, ends, gain[question]


def _use(row: Row, ways: Ways) -> Floats:
    """What each way uses of a row."""
    inside = (ways.bucket >= row.first) & (ways.bucket < row.end)
    of = np.append(row.posts, row.update)  # the last one is UPDATE's
    return np.where(inside, of[ways.channel] * ways.part, 0.0)


def _solve(
    ways: Ways, there: Floats, edges: Floats, binding: list[tuple[Row, Floats]]
) -> tuple[Floats, Floats]:
    """What a second is worth in each bucket, and one more of each row that may bind.

    The columns are the ways; the rows are those to help, the buckets, the limits.
    """
    count, buckets = len(ways.whom), len(there)
    if not count:
        return np.zeros(buckets), np.zeros(len(binding))
    people = int(ways.whom.max(initial=-1)) + 1
    parts = [(ways.whom, np.arange(count), np.ones(count)), *_worked(ways, edges, people)]
    for number, (_, use) in enumerate(binding):
        (used,) = np.nonzero(use)
        parts.append((np.full(len(used), people + buckets + number), used, use[used]))
    row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
    limits = [bound.cap for bound, _ in binding]
    most = np.append(there * np.diff(edges), limits) / ways.every
    found = linprog(
        -ways.gain,
        A_ub=coo_array((value, (row, column)), shape=(people + len(most), count)).tocsr(),
        b_ub=np.append(np.ones(people), most),
        method="highs",
    )
    if found.ineqlin.marginals is None:  # it gave up: what costs nothing bounds too, far away
        return np.zeros(buckets), np.zeros(len(binding))
    marginal = np.maximum(0.0, -found.ineqlin.marginals)[people:]
    return marginal[:buckets], marginal[buckets:]


def _worked(ways: Ways, edges: Floats, people: int) -> Iterator[tuple[Ints, Ints, Floats]]:
    """The seconds that each way takes in each bucket, as entries of the program."""
    for bucket in range(len(edges) - 1):
        inside = np.minimum(ways.ends, edges[bucket + 1]) - np.maximum(ways.begins, edges[bucket])
        (some,) = np.nonzero(inside > 0)
        seconds = inside[some] * ways.part[some]
        yield np.full(len(some), people + bucket), some, seconds
