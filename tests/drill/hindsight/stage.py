"""Small worlds and days, written down mention by mention."""

import numpy as np
from msgspec.structs import replace

from rejoinder.drill.day import Day
from rejoinder.drill.world import Channel, Shift, World

NOON = 12 * 3600.0
ALONE = (Shift(from_h=0, to_h=24, advisors=1),)
URGENT, SPECIFIC, COMMON = range(3)


def of(*mentions: tuple[float, int, float, float], question: int = -1) -> Day:
    """A day of mentions on X: when, which need, how patient, how long an answer takes."""
    at, need, patience, handling = (np.array(column) for column in zip(*mentions, strict=True))
    count = len(mentions)
    no, never = np.zeros(count, dtype=bool), np.full(count, np.inf)
    asked = np.full(count, question)
    empty = np.zeros(0)
    return Day(
        at=at.astype(float),
        person=np.arange(count),
        channel=np.zeros(count, dtype=np.intp),
        need=need.astype(np.intp),
        seen_need=need.astype(np.intp),
        question=asked,
        seen_question=asked,
        patience_s=patience.astype(float),
        followers=np.ones(count),
        handling_s=handling.astype(float),
        pointer_s=np.minimum(20.0, handling),
        settles=~no,
        sees=no,
        sees_after_s=np.zeros(count),
        deflected=no,
        repeats_at=never,
        leaves_unseen=no,
        other_at=empty,
        other_account=empty.astype(np.intp),
        other_seen_at=empty,
    )


def small(**changes: object) -> World:
    """A world of one channel, one advisor and no limit."""
    plain = World(channels=(Channel(name="x", share=1),), questions=(), limits=(), shifts=ALONE)
    return replace(plain, **changes)
