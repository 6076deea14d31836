"""Which posts count against a limit, on the platform and as the desk believes. Pure.

A post of a sliding window counts until it is longer ago than the window; the guard makes every
window of the desk longer, against clocks that differ.
"""

from bisect import insort
from collections import deque

from rejoinder.drill.limits import Limit


class Window:
    """The posts of one limit that still count, and how many may."""

    __slots__ = ("_at", "_guard", "cap", "limit")

    def __init__(self, limit: Limit, guard_s: float = 0.0) -> None:
        self.limit = limit
        self.cap = limit.cap
        self._guard = guard_s
        self._at: deque[float] = deque()

    def used(self, now: float) -> int:
        """How many posts count now; time never goes back."""
        since = self._since(now)
        while self._at and self._at[0] < since:
            self._at.popleft()
        return len(self._at)

    def add(self, at: float) -> None:
        """Count a post; one that was seen late may lie before others."""
        if self._at and at < self._at[-1]:
            insort(self._at, at)
        else:
            self._at.append(at)

    def was_full(self, at: float) -> bool:
        """Whether the posts now known had filled it at an earlier moment."""
        since = self._since(at)
        return sum(since <= post <= at for post in self._at) >= self.cap

    def frees_at(self, now: float) -> float:
        """When the next post stops counting; inf when none counts."""
        if not self.used(now):
            return float("inf")
        length = self.limit.window_s
        if self.limit.alignment == "fixed":
            return ((self._at[0] + self._guard) // length + 1) * length + self._guard
        return self._at[0] + length + self._guard

    def _since(self, now: float) -> float:
        length = self.limit.window_s
        if self.limit.alignment == "fixed":
            return (now - self._guard) // length * length - self._guard
        return now - length - self._guard
