"""Whose turn it is: need, then age. Pure.

One queue for everybody. Neither the channel nor the number of followers is an input, so neither can
change a place in it; and nobody moves up by having waited alone, which in overload helps nobody
(measured: docs/decisions/0027-plan.md). Who is over the hour may be overtaken by people who are
not yet, unless the mode is strict.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Mode = Literal["within-the-hour", "strict"]
HOUR = 3600.0


def order(need: Ints, came: Floats, now: float, mode: Mode = "within-the-hour") -> Ints:
    """Places in the order of their turns; equal ones stay as they are given."""
    if mode == "strict":
        return np.lexsort((came, need))
    return np.lexsort((came, now - came > HOUR, need))


def none_before(go: Bools, came: Floats, equal: Sequence[Ints]) -> Bools:
    """Of those who may go, the ones before whom no equal is held who came earlier.

    `equal` are columns; people are equal who have the same in each (need, question, account).
    """
    ranked = np.lexsort((came, *equal))
    starts = np.zeros(len(ranked), dtype=np.bool_)
    starts[:1] = True
    for column in equal:
        starts[1:] |= np.diff(column[ranked]) != 0
    held = np.cumsum(~go[ranked])
    first = np.maximum.accumulate(np.where(starts, held - ~go[ranked], 0))
    free = np.zeros(len(go), dtype=np.bool_)
    free[ranked] = held == first
    return free


def overtaken(need: Ints, came: Floats, first: int, gap: float = 300.0) -> Ints:
    """Places of the same need that came more than `gap` seconds before the one started first."""
    return np.flatnonzero((need == need[first]) & (came < came[first] - gap))
