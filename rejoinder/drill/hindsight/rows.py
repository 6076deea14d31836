"""The limits of a world as rows: so much at most within so many buckets of the day. Pure."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.hindsight.chances import Chances
from rejoinder.drill.limits import Limit
from rejoinder.drill.world import DAY_S, HOUR_S, World

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """At most `cap` is used from bucket `first` up to bucket `end`, that one not.

    `posts` is what one reply uses by channel, `update` what a public answer does.
    """

    posts: Floats
    update: float
    first: int
    end: int
    cap: float


def grid(world: World, helped: Chances, bucket_s: float) -> Floats:
    """The edges of the buckets: even, at every change of shift, and one bucket beyond the day."""
    shifts = [hour * HOUR_S for one in world.shifts for hour in (one.from_h, one.to_h)]
    longest = max(world.writing_s, helped.handling_s.max(initial=0.0))
    even = np.arange(0.0, DAY_S, bucket_s)
    return np.append(np.unique([*even, *shifts, DAY_S]), DAY_S + longest)


def rows(world: World, edges: Floats) -> list[Row]:
    """What follows from a world's limits and purse; nothing that they allow is shut out."""
    found = [row for rule in world.rules() for row in _of(rule, world, edges)]
    if world.money_a_day is not None:
        prices = np.array([channel.price for channel in world.channels])
        found.append(Row(prices, world.update_price, 0, len(edges) - 1, world.money_a_day))
    return found


def _of(rule: Limit, world: World, edges: Floats) -> list[Row]:
    """The longest span from each edge that one window holds; one bucket where none does."""
    posts = np.array([float(channel.name == rule.account) for channel in world.channels])
    update = float(world.update_channel == rule.account)
    found: list[Row] = []
    for first, begin in enumerate(edges[:-1]):
        until = begin + rule.window_s
        if rule.alignment == "fixed":
            until = (begin // rule.window_s + 1) * rule.window_s
        end = max(first + 1, int(np.searchsorted(edges, until, side="right")) - 1)
        if not found or found[-1].end < end:  # else within the span before
            cap = _windows(rule, begin, edges[end]) * _cap(rule, world, begin, edges[end])
            found.append(Row(posts, update, first, end, cap))
    return found


def _windows(rule: Limit, begin: float, end: float) -> int:
    """How many windows it takes to cover a span."""
    if rule.alignment == "fixed":
        return math.ceil(end / rule.window_s) - math.floor(begin / rule.window_s)
    return math.ceil((end - begin) / rule.window_s)


def _cap(rule: Limit, world: World, begin: float, end: float) -> int:
    """The most it allows at any moment of a span."""
    cuts = sorted(
        (cut.at_h * HOUR_S, cut.cap)
        for cut in world.cuts
        if (cut.account, cut.limit) == (rule.account, rule.name)
    )
    steps = [(0.0, rule.cap), *cuts]
    ends = [*(at for at, _ in cuts), math.inf]
    return max(
        cap for (at, cap), until in zip(steps, ends, strict=True) if at < end and until > begin
    )
