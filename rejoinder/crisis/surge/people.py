"""One person counts once an hour, however much they post. Pure."""

from collections.abc import Hashable, Iterable

HOUR = 3600


class People:
    """Remembers who was counted in the last hour; costs memory for those alone."""

    def __init__(self) -> None:
        self._counted: dict[Hashable, float] = {}  # in the order of time

    def count(self, at: float, people: Iterable[Hashable]) -> int:
        """How many of these, who posted at `at` (seconds, never less than before), count."""
        self._forget(at - HOUR)
        new = 0
        for person in people:
            if person not in self._counted:
                self._counted[person] = at
                new += 1
        return new

    def _forget(self, before: float) -> None:
        while self._counted:
            person, at = next(iter(self._counted.items()))
            if at > before:
                return
            del self._counted[person]
