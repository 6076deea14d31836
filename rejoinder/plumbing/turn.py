"""Taking turns at one file across processes, so that a busy writer does not starve the others.

SQLite lets one write at a time, and who finds it busy sleeps for up to 100 ms and tries again; a
process that writes batch after batch wins nearly every time. Here whoever waits holds a first
lock and whoever writes holds a second: the busy writer comes to its next batch only after the
one that was waiting. It is a courtesy and keeps nothing safe: when patience ends one goes on.
"""

import fcntl
import os
import time
from pathlib import Path

PATIENCE = 10.0  # seconds
_SHORTEST, _LONGEST = 0.0002, 0.002  # seconds between two tries


class Turn:
    """One place in the row for one connection. Locks of a process that dies are free at once."""

    def __init__(self, path: Path) -> None:
        """`path` is a file beside the database; a second one with `-next` stands before it."""
        self._next = os.open(path.with_name(path.name + "-next"), os.O_RDWR | os.O_CREAT, 0o600)
        self._now = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> None:
        """Wait for one's turn."""
        ends = time.monotonic() + PATIENCE
        if _lock(self._next, ends):
            _lock(self._now, ends)
            fcntl.flock(self._next, fcntl.LOCK_UN)

    def give(self) -> None:
        """Let the next one write; does nothing when it was not one's turn."""
        fcntl.flock(self._now, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave the row."""
        os.close(self._next)
        os.close(self._now)


def _lock(file: int, ends: float) -> bool:
    """Whether it was had before patience ended. flock itself knows no end."""
    wait = _SHORTEST
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > ends:
                return False
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST)
        else:
            return True
