"""The time, in one place, so that tests can turn it by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class _Clock:
    """Real until turned; then it stands still where it was put."""

    stands_at: datetime | None = None


def now() -> datetime:
    """The present moment, UTC, with its zone."""
    return _Clock.stands_at or datetime.now(UTC)


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
