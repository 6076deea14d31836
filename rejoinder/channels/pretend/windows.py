"""The pretend network's own limits: it counts what arrives when it arrives. Pure."""

from collections import deque
from typing import Literal

from msgspec import Struct


class Window(Struct):
    """At most `cap` posts in `seconds`; *fixed* windows start at multiples of their length.

    It holds for each account by itself; one that names an `account` (a handle) for that one alone.
    """

    name: str
    cap: int
    seconds: float
    alignment: Literal["fixed", "sliding"] = "sliding"
    account: str = ""


class Verdict(Struct):
    """Whether one window lets a post in: what is left of it, until when."""

    name: str
    seconds: float
    allowed: bool
    cap: int
    left: int
    reset: float


DEFAULT = (
    Window("three hours", 300, 3 * 3600, "fixed"),
    Window("five minutes", 60, 300, "sliding"),
)


class Gate:
    """Lets posts of one account in; those it refuses are not counted."""

    def __init__(self) -> None:
        self._let_in: deque[float] = deque()

    def knock(self, windows: list[Window], now: float) -> Verdict:
        """Count one post at `now` (seconds since the epoch) if every window has room.

        The verdict is that of the limit nearest its end; one without a name where there is none.
        """
        nearest = _nearest(self.look(windows, now)) if windows else _no_limit(now)
        if nearest.allowed:
            self._let_in.append(now)
            nearest.left -= 1
        return nearest

    def look(self, windows: list[Window], now: float) -> list[Verdict]:
        """How each window stands, counting nothing."""
        return [self._look(window, now) for window in windows]

    def _look(self, window: Window, now: float) -> Verdict:
        fixed = window.alignment == "fixed"
        start = now - now % window.seconds if fixed else now - window.seconds
        inside = [at for at in self._let_in if (at >= start if fixed else at > start)]
        # The moment at which one more would fit.
        first = inside[-window.cap] if 0 < window.cap <= len(inside) else now
        reset = (start if fixed else first) + window.seconds
        left = max(0, window.cap - len(inside))
        return Verdict(window.name, window.seconds, left > 0, window.cap, left, reset)


def _no_limit(now: float) -> Verdict:
    return Verdict(name="", seconds=0, allowed=True, cap=1, left=1, reset=now)


def _nearest(verdicts: list[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: (verdict.left, -verdict.reset))
