"""The time, in one place, so that tests can turn it by hand and a rehearsal can speed it up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from rejoinder.plumbing import pace
from rejoinder.plumbing.config import config


class _Clock:
    """Real until turned; then it stands still where it was put."""

    stands_at: datetime | None = None


def now() -> datetime:
    """The present moment, UTC, with its zone."""
    if _Clock.stands_at:
        return _Clock.stands_at
    return datetime.fromtimestamp(pace.shown(), UTC) if config().demo else datetime.now(UTC)


def running() -> float:
    """Seconds on a clock that nobody sets: for how long something lasts, and what comes round.

    In a rehearsal they pass as its clock does.
    """
    return pace.shown() if config().demo else time.monotonic()


def meanwhile(seconds: float) -> timedelta:
    """By how much this clock goes on in so many seconds of the machine's: more in a rehearsal."""
    rehearsed = pace.current() if config().demo else None
    return timedelta(seconds=seconds * (rehearsed.speed if rehearsed else 1.0))


@contextmanager
def standing(at: datetime) -> Iterator[None]:
    """Hold the clock at a moment for the length of a test; nests."""
    before, _Clock.stands_at = _Clock.stands_at, at
    try:
        yield
    finally:
        _Clock.stands_at = before


def turn(by: timedelta) -> datetime:
    """Move a held clock on. Raises RuntimeError when the clock is running by itself."""
    if _Clock.stands_at is None:
        raise RuntimeError("hold the clock with standing() before turning it")
    _Clock.stands_at += by
    return _Clock.stands_at
