"""A clock that a rehearsal sets and speeds up, shared by all processes of one desk through a file.

Only a demonstration looks at it: a real desk has the time of its machine.
"""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from rejoinder.plumbing.config import config

FILE = "clock.json"
GLANCE = 0.1  # seconds for which a process may still go by a pace that was changed
FASTEST = 240.0


class Pace(Struct, frozen=True):
    """At `real` seconds since the epoch the clock showed `shown`; it runs `speed` times as fast."""

    real: float
    shown: float
    speed: float

    def at(self, real: float) -> float:
        """What the clock shows at a real moment, both in seconds since the epoch."""
        return self.shown + (real - self.real) * self.speed


class _Glance:
    """What this process saw last, and when it looks again."""

    pace: Pace | None = None
    until: float = 0.0


def current() -> Pace | None:
    """The pace of this desk; None while it has the time of its machine."""
    if (moment := time.monotonic()) >= _Glance.until:
        _Glance.pace, _Glance.until = _kept(), moment + GLANCE
    return _Glance.pace


def shown(real: Callable[[], float] = time.time) -> float:
    """The moment on this desk's clock, in seconds since the epoch."""
    pace = current()
    return pace.at(real()) if pace else real()


def start(at: float, speed: float) -> None:
    """Let the clock show a moment now, and run on from there; 0 lets it stand."""
    _keep(Pace(time.time(), at, _within(speed)))


def change(speed: float) -> None:
    """Run on at another speed from what is shown now. 0 lets the clock stand."""
    now = time.time()
    pace = _kept()
    _keep(Pace(now, pace.at(now) if pace else now, _within(speed)))


def forget() -> None:
    """Look anew: the desk of this process is another one."""
    _Glance.pace, _Glance.until = None, 0.0


def _within(speed: float) -> float:
    return min(max(speed, 0.0), FASTEST)


def _file() -> Path:
    return config().data / FILE


def _kept() -> Pace | None:
    try:
        return msgspec.json.decode(_file().read_bytes(), type=Pace)
    except FileNotFoundError:
        return None


def _keep(pace: Pace) -> None:
    """Whole or not at all: others read it at any moment."""
    new = _file().with_suffix(".new")
    new.write_bytes(msgspec.json.encode(pace))
    new.replace(_file())
    _Glance.until = 0.0
