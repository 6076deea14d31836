"""Writes down a drilled day while it is played. Pure."""

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.played import NOBODY, Decision, Done, Played, Post

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class Record:
    """Decisions, posts and answers so far; mentions by their place in the day."""

    def __init__(self, mentions: int, accounts: int) -> None:
        self.posts: list[Post] = []
        self.answered_at: Floats = np.full(mentions, np.inf)
        self._decisions: list[Decision] = []
        self._by: Ints = np.full(mentions, NOBODY)
        self._full: list[list[tuple[float, str]]] = [[] for _ in range(accounts)]
        self._reasons: dict[str, int] = {}
        self._held_for: Ints = np.full(mentions, -1)

    def decide(self, one: Decision) -> None:
        self._decisions.append(one)

    def newly_held(self, reason: str, places: Ints) -> list[int]:
        """The places that were not held for that reason before; they are from now on."""
        if not len(places):
            return []
        code = self._reasons.setdefault(reason, len(self._reasons))
        changed = places[self._held_for[places] != code]
        self._held_for[changed] = code
        found: list[int] = changed.tolist()
        return found

    def close(self, at: float, mention: int, reason: str) -> None:
        self.decide(Decision(at, mention, _CLOSE, reason, -1))

    def help(self, at: float, mention: int, by: int) -> None:
        """Somebody has their answer."""
        self.answered_at[mention] = at
        self._by[mention] = by

    def full(self, at: float, account: int, limit: str) -> None:
        """An account has nothing left while somebody waits for it."""
        self._full[account].append((at, limit))

    def played(self, published_at: Floats) -> Played:
        """All of it."""
        return Played(
            self._decisions, self.posts, self.answered_at, self._by, published_at, self._full
        )


_CLOSE: Done = "close"
