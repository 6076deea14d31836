"""The least that replies cost at given prices: to the moment, not to the bucket. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.hindsight.prices import Prices
from rejoinder.drill.world import DAY_S

Floats = NDArray[np.float64]

ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class Written:
    """Replies that take `takes` and cannot be written before `first`; arrays over them.

    `post` is the price of a post by bucket for each. Whoever writes is on duty all the while; or,
    where a `moment` is given, goes off duty then and ends the reply for nothing. What is `kept`
    may be posted long after it was written.
    """

    at: Prices
    post: Floats
    first: Floats
    takes: Floats
    moment: float | None
    kept: bool

    def cheapest(self, low: Floats, high: Floats) -> Floats:
        """The least that each costs that is posted from `low` to `high`; inf where none can be."""
        if self.kept:
            ready = self._corners(*self._on_duty(self.first, high))
            out = self._corners(low, high)
            return self._least(self._seconds(ready)) + self._least(self._posts(out))
        out = self._corners(*self._on_duty(low, high))
        return self._least(self._seconds(out) + self._posts(out))

    def _on_duty(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """When it can be ready."""
        if self.moment is None:
            return low, np.minimum(high, DAY_S)
        return np.maximum(low, self.moment), np.minimum(high, self.moment + self.takes)

    def _corners(self, low: Floats, high: Floats) -> Floats:
        """The moments between which costs are linear, for each; nan where there is none."""
        edges = np.tile(self.at.edges, (len(low), 1))
        within = np.hstack([edges, edges + self.takes[:, None]])
        some = np.where(low <= high, low, np.nan)[:, None]
        return np.hstack([np.clip(within, some, high[:, None]), some, some * 0 + high[:, None]])

    def _least(self, cost: Floats) -> Floats:
        least: Floats = np.where(np.isnan(cost), np.inf, cost).min(axis=1)
        return least

    def _seconds(self, ready: Floats) -> Floats:
        """What the work costs that ends at each moment."""
        edges = self.at.edges
        work = np.append(0.0, np.cumsum(self.at.second * np.diff(edges)))
        paid = ready if self.moment is None else np.minimum(ready, self.moment)
        begun = ready - self.takes[:, None]
        cost: Floats = np.interp(paid, edges, work) - np.interp(begun, edges, work)
        return cost

    def _posts(self, out: Floats) -> Floats:
        """What a post at each moment costs; on an edge the lower one of its two sides, but at the
        end of the day the one before it: what is out then was in hand then."""
        if self.moment is None and not self.kept:
            out = np.minimum(out, DAY_S - 2 * ROUNDING_S)
        edges, most = self.at.edges, self.post.shape[1] - 1
        sides = [
            np.searchsorted(edges, out + off, side="right") - 1 for off in (-ROUNDING_S, ROUNDING_S)
        ]
        before, after = (np.take_along_axis(self.post, np.clip(s, 0, most), 1) for s in sides)
        return np.where(np.isnan(out), np.nan, np.minimum(before, after))
