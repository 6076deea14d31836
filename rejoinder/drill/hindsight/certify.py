"""What prices prove: that nobody can make more of a day. True for any prices. Pure.

Every reply is looked at where it happens, at a moment and not in a bucket. It pays for each second
of its work and, when it is out, for its post. `docs/decisions/0028-hindsight.md` has the argument.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.desk import SEND_DRAFT_S
from rejoinder.drill.hindsight.chances import LATE, Chances
from rejoinder.drill.hindsight.prices import Prices
from rejoinder.drill.hindsight.written import Written
from rejoinder.drill.world import DAY_S, HOUR_S, World

Floats = NDArray[np.float64]

TOGETHER = 4_096  # mentions
NO_QUESTION = -1


def certified(world: World, helped: Chances, at: Prices) -> float:
    """What everybody gains after paying, and what all there is costs."""
    gains = alone, led = _gains(helped, at, None)
    asked = _questions(world, helped, at, gains, None)
    total = at.allowed + _work(world, at) + alone[helped.question == NO_QUESTION].sum()
    total += asked.sum()
    for moment, leaving in _leaving(world):
        (near,) = np.nonzero((helped.at <= moment) & (helped.until + helped.handling_s >= moment))
        alone_then, led_then = _gains(helped.some(near), at, moment)
        asked_then = _questions(world, helped, at, gains, moment)
        more = [alone_then - alone[near], led_then - led[near], asked_then - asked]
        most = np.append(np.maximum(more[0], more[1]), more[2])
        total += np.maximum(np.sort(most)[::-1][:leaving], 0.0).sum()
    return float(total)


def _work(world: World, at: Prices) -> float:
    """What all advisors' time costs together."""
    on_duty = np.array([world.on_duty(begin) for begin in at.edges[:-1]])
    return float((on_duty * np.diff(at.edges) * at.second).sum())


def _leaving(world: World) -> Iterator[tuple[float, int]]:
    """When advisors go off duty, and how many: each may still end what is in hand."""
    moments = sorted({hour * HOUR_S for one in world.shifts for hour in (one.from_h, one.to_h)})
    for before, moment in pairwise(moments):
        leaving = world.on_duty(before) - world.on_duty(moment)
        if leaving > 0:
            yield moment, leaving


def _questions(
    world: World, helped: Chances, at: Prices, gains: tuple[Floats, Floats], moment: float | None
) -> Floats:
    """What each question's people gain: it decides by itself if its public answer is worth its
    price. `moment`: whoever writes it goes off duty then."""
    (alone, led), out = gains, helped.earliest
    takes = np.full(len(out), world.writing_s)
    written = Written(at, np.tile(at.update, (len(out), 1)), out, takes, moment, kept=helped.kept)
    price = written.cheapest(out, DAY_S + np.maximum(takes, SEND_DRAFT_S))
    ask = helped.question[:, None] == np.arange(len(out))
    best: Floats = np.maximum(alone @ ask, led @ ask - price)
    return best


def _gains(helped: Chances, at: Prices, moment: float | None) -> tuple[Floats, Floats]:
    """What each mention gains at best without and with a public answer to its question.

    Whoever replies is on duty all the while; or, where a `moment` is given, goes off duty then and
    ends the reply for nothing.
    """
    parts = [
        _gain(helped.some(slice(first, first + TOGETHER)), at, moment)
        for first in range(0, max(1, len(helped)), TOGETHER)
    ]
    alone, led = (np.concatenate(part) for part in zip(*parts, strict=True))
    return alone, led


def _gain(one: Chances, at: Prices, moment: float | None) -> tuple[Floats, Floats]:
    alone = np.maximum(_reply(one, at, one.at, one.handling_s, moment), 0.0)
    pointed = _reply(one, at, one.points_from, one.pointer_s, moment)
    return alone, np.maximum.reduce([alone, pointed, one.unasked])


def _reply(one: Chances, at: Prices, begins: Floats, takes: Floats, moment: float | None) -> Floats:
    """What a reply that begins at `begins` or later gains after paying; -inf where none can."""
    first = begins + takes
    last = one.until + (np.maximum(takes, SEND_DRAFT_S) if one.kept else takes)
    written = Written(at, at.post[one.channel], first, takes, moment, kept=one.kept)
    soon = written.cheapest(first, np.minimum(last, one.due))
    late = written.cheapest(np.maximum(first, one.due), last)
    return np.maximum(one.worth - soon, LATE * one.worth - late)
