"""How much of each limit was used while it bound: an allowance is scarce, not to be wasted. Pure.

A limit binds at a moment when somebody waits for room on its account and it is the one with least
left. What counts as used there are posts that are out, so replies under way are room not used.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rejoinder.drill.limits import Limit
from rejoinder.drill.played import Played
from rejoinder.drill.world import World

Floats = NDArray[np.float64]


class Use(Struct, frozen=True, kw_only=True):
    """One limit: its fullest window, how many moments it bound, and the mean use at these.

    Shares of the cap as the day began; null when it never bound.
    """

    account: str
    name: str
    peak: float
    bound_moments: int
    while_binding: float | None


def use(world: World, played: Played) -> list[Use]:
    """The use of every limit of a world that a run made."""
    return [_one(limit, world.places()[limit.account], played) for limit in world.rules()]


def _one(limit: Limit, account: int, played: Played) -> Use:
    posts = np.array([p.at for p in played.posts if p.account == account and p.accepted])
    full = np.array([at for at, name in played.full[account] if name == limit.name])
    cap = max(1, limit.cap)
    binding = _counted(limit, posts, full) / cap
    return Use(
        account=limit.account,
        name=limit.name,
        peak=float(_counted(limit, posts, posts).max(initial=0) / cap),
        bound_moments=len(full),
        while_binding=float(binding.mean()) if len(full) else None,
    )


def _counted(limit: Limit, posts: Floats, at: Floats) -> NDArray[np.intp]:
    """How many of the posts count at each moment."""
    length = limit.window_s
    since = at // length * length if limit.alignment == "fixed" else at - length
    return np.searchsorted(posts, at, side="right") - np.searchsorted(posts, since, side="left")
