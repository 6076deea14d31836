"""Amounts of posts, points and money as whole millionths, so that sums never drift."""

import math

WHOLE = 1_000_000


def cost(value: float) -> int:
    """What one reply takes, in millionths; rounded up, so that an estimate is never too low."""
    return math.ceil(round(value * WHOLE, 3))


def cap(value: float) -> int:
    """What a limit allows, in millionths; rounded down, so that it is never too high."""
    return math.floor(round(value * WHOLE, 3))


def shown(millionths: int) -> float:
    """The amount as people read it."""
    return millionths / WHOLE
