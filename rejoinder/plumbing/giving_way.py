"""Long reading in a thread lets short work of the same process go first.

An interpreter runs the Python of one thread at a time, so beside a report that reads for a second
whoever takes the next conversation would wait twice as long. A thread inside `long` stops between
two pieces of its work while others are inside `short`, as long as its patience lasts: a desk that
is never idle gets its report too.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 3.0  # seconds that one piece of long work stands aside, all its stops together


class _Mine(threading.local):
    left: float | None = None  # seconds of patience; None in whoever does short work


class _Short:
    """How many pieces of short work are at it."""

    def __init__(self) -> None:
        self.many = 0
        self.changed = threading.Condition()

    def add(self, more: int) -> None:
        with self.changed:
            self.many += more
            if not self.many:
                self.changed.notify_all()


_mine, _short = _Mine(), _Short()


@contextmanager
def short() -> Iterator[None]:
    """What goes first."""
    _short.add(1)
    try:
        yield
    finally:
        _short.add(-1)


@contextmanager
def long(patience: float = PATIENCE) -> Iterator[None]:
    """What stands aside, wherever it calls `let_by`."""
    before, _mine.left = _mine.left, patience
    try:
        yield
    finally:
        _mine.left = before


def let_by() -> None:
    """Wait until nothing short is at work. Costs next to nothing where nothing is."""
    if not _short.many or not _mine.left:
        return
    began = time.monotonic()
    with _short.changed:
        _short.changed.wait_for(lambda: not _short.many, timeout=_mine.left)
    _mine.left = max(0.0, _mine.left - (time.monotonic() - began))


def between_queries(execute: Any, *given: Any) -> Any:
    """For `connection.execute_wrapper`: stands aside before each statement."""
    let_by()
    return execute(*given)
