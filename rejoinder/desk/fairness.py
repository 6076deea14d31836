"""Whose turn it is: need, then age. Pure.

One queue for everybody. Neither the channel nor the number of followers is an input, so neither can
change a place in it; and nobody moves up by having waited alone, which in overload helps nobody
(measured: docs/decisions/0027-plan.md). Who is over the hour may be overtaken by people who are
not yet, unless the mode is strict.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Mode = Literal["within-the-hour", "strict"]
HOUR = 3600.0


def order(need: Ints, came: Floats, now: float, mode: Mode = "within-the-hour") -> Ints:
    """Places in the order of their turns; equal ones stay as they are given."""
    if mode == "strict":
        return np.lexsort((came, need))
    return np.lexsort((came, now - came > HOUR, need))


def overtaken(need: Ints, came: Floats, first: int, gap: float = 300.0) -> Ints:
    """Places of the same need that came more than `gap` seconds before the one started first."""
    return np.flatnonzero((need == need[first]) & (came < came[first] - gap))
