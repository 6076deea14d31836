"""How much of a window is used as replies go and free again. Pure."""

from math import ceil
from typing import Literal

import numpy as np

from rejoinder.budget.plan.situation import Window


class Used:
    """How much of a window is used, as replies go and free again."""

    def __init__(self, window: Window, until: float) -> None:
        self._window, self._until = window, until
        self._at: list[float] = []
        self._many: list[float] = []

    def add(self, at: float, many: float) -> None:
        """So many replies go then; moments ascend."""
        self._at.append(at)
        self._many.append(many)

    def left(self, at: float) -> float:
        """Replies that may go at a moment."""
        return max(0.0, self._window.cap - self._counted(self._begins(at)))

    def ahead(self, at: float) -> float:
        """Replies that may go from then to the end, while none of them frees another."""
        window = self._window
        if window.ends is None:
            # What counts now and is forgotten before the end makes room once more.
            freed = self._counted(self._begins(at)) - self._counted(self._begins(self._until))
            whole = max(0.0, (self._until - at) / window.length - 1)
            return self.left(at) + freed + whole * window.cap
        ends = self._begins(at) + window.length
        return self.left(at) + max(0, ceil((self._until - ends) / window.length)) * window.cap

    def _begins(self, at: float) -> float:
        window = self._window
        if window.ends is None:
            return at - window.length
        return float(window.ends + (at - window.ends) // window.length * window.length)

    def _counted(self, since: float) -> float:
        """Replies after a moment; those of the past are in order, as ours are."""
        # What goes as a fixed window begins counts in it; a sliding one has just forgotten it.
        side: Literal["left", "right"] = "right" if self._window.ends is None else "left"
        past = self._window.past
        before = len(past) - int(np.searchsorted(past, since, side=side))
        first = int(np.searchsorted(self._at, since, side=side))
        return before + sum(self._many[first:])
