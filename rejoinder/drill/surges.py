"""How many mentions are expected in each minute of a world's day. Pure."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.world import Shape, Surge, World

Floats = NDArray[np.float64]
FLOOD: Shape = "flood"
_MINUTE = np.arange(1_440)


def usual_a_minute(world: World) -> Floats:
    """The mentions of a usual day by minute (1440): what a desk knows from its own history."""
    profile = np.array(world.profile)[_MINUTE // 60]
    a_minute: Floats = profile / profile.sum() * world.usual
    return a_minute


def surges_a_minute(world: World) -> Floats:
    """What comes on top by minute (1440), from many authors."""
    return _together([one for one in world.surges if one.shape != FLOOD], world)


def floods_a_minute(world: World) -> Floats:
    """What comes on top by minute (1440), from one author."""
    return _together([one for one in world.surges if one.shape == FLOOD], world)


def _together(surges: Sequence[Surge], world: World) -> Floats:
    total = np.zeros(1_440)
    for surge in surges:
        total += _of(surge, world)
    return total


def _of(surge: Surge, world: World) -> Floats:
    """A surge follows how many are awake, but never falls below three tenths of that."""
    since = _MINUTE / 60 - surge.begins_h
    profile = np.array(world.profile)[_MINUTE // 60]
    awake = 0.3 + 0.7 * profile / profile.max()
    height: Floats = (since >= 0) * _SHAPES[surge.shape](np.clip(since, 0, None)) * awake
    return surge.mentions * height / max(float(height.sum()), 1e-9)


def _incident(hours: Floats) -> Floats:
    """Word spreads within the hour and takes the day to die down."""
    return (1 - np.exp(-hours / 0.75)) * np.exp(-hours / 7.0)


def _news(hours: Floats) -> Floats:
    """All at once, as after a broadcast."""
    return np.exp(-hours / 2.5)


def _outage(hours: Floats) -> Floats:
    """Up within 45 minutes, flat for five hours, gone soon after the repair."""
    return np.minimum(hours / 0.75, 1) * np.exp(-np.clip(hours - 5.75, 0, None) / 0.5)


def _slow_leak(hours: Floats) -> Floats:
    """Grows over five hours, then stays."""
    return np.minimum(hours / 5, 1)


def _flood(hours: Floats) -> Floats:
    """One hour."""
    return (hours < 1).astype(float)


_SHAPES: dict[Shape, Callable[[Floats], Floats]] = {
    "incident": _incident,
    "news": _news,
    "outage": _outage,
    "slow-leak": _slow_leak,
    "flood": _flood,
}
