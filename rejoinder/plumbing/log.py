"""The intake log: what was heard, in order, durable before anybody acknowledges it.

Frames lie there sealed: they hold what people wrote before it is masked, and a backup copies them.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import Protocol

from rejoinder.plumbing import clock, secrets
from rejoinder.plumbing.config import BadSettingError, config

_WAIT = 20.0  # seconds to wait for another process that writes
_AGAIN = 5.0  # seconds until a log that does not open is tried again
_TABLE = (
    "CREATE TABLE IF NOT EXISTS frames "
    "(offset INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, frame BLOB NOT NULL)"
)
# Before a frame that is sealed; what an earlier version wrote begins with the name of a field.
_SEALED, _LABEL = b"\x00sealed", "intake log"

_log = logging.getLogger(__name__)


class LogError(Exception):
    """The log did not take or give frames; nothing was half done. The message says why."""


class Log(Protocol):
    """Frames of bytes under growing offsets; many may append, one reads."""

    def append(self, frames: Sequence[bytes]) -> int:
        """Keep these, all or none, and return the last offset. They are durable on return."""
        ...

    def read(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Up to `limit` frames whose offset is greater than `after`, in order."""
        ...

    def trim(self, upto: int, before: datetime) -> int:
        """Forget frames up to this offset that were appended before this time; how many."""
        ...

    def tail(self) -> int:
        """The offset of the newest frame ever appended; 0 when there was none."""
        ...

    def size(self) -> int:
        """Bytes on disk."""
        ...

    def close(self) -> None:
        """Let go of the file or the connection."""
        ...


def open_log() -> Log:
    """The log of this desk. Raises BadSettingError for an address that this version cannot use."""
    if config().log_url:
        raise BadSettingError(
            "REJOINDER_LOG_URL cannot be used: this version keeps the intake log in a file of its "
            "own. Leave it empty."
        )
    return FileLog(config().data / "intake.sqlite3")


def open_when_possible(stop: Event) -> Log | None:
    """The log as soon as it opens; says once why it does not. None when told to stop before."""
    said = ""
    while not stop.is_set():
        try:
            return open_log()
        except LogError as error:
            if str(error) != said:
                _log.error("%s", error)
            said = str(error)
            stop.wait(_AGAIN)
    return None


class FileLog:
    """The log in a SQLite file of its own, so that intake and claims never wait for each other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        with self._explained("opened"):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._rows = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            self._rows.execute("PRAGMA journal_mode=WAL")
            # FULL syncs the WAL at each commit: with NORMAL a power cut may take back an append.
            self._rows.execute("PRAGMA synchronous=FULL")
            # What is trimmed is overwritten: people wrote it, and it may have been erased.
            self._rows.execute("PRAGMA secure_delete=ON")
            self._rows.execute(_TABLE)

    def append(self, frames: Sequence[bytes]) -> int:
        at = clock.now().timestamp()
        frames = [_SEALED + secrets.seal_bytes(frame, _LABEL) for frame in frames]
        with self._lock, self._explained("written"), self._transaction() as rows:
            rows.executemany(
                "INSERT INTO frames (at, frame) VALUES (?, ?)", ((at, frame) for frame in frames)
            )
            return _tail(rows)

    def read(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        with self._lock, self._explained("read"):
            rows = self._rows.execute(
                "SELECT offset, frame FROM frames WHERE offset > ? ORDER BY offset LIMIT ?",
                (after, limit),
            ).fetchall()
            return [(offset, _plain(frame)) for offset, frame in rows]

    def trim(self, upto: int, before: datetime) -> int:
        with self._lock, self._explained("trimmed"):
            with self._transaction() as rows:
                trimmed = rows.execute(
                    "DELETE FROM frames WHERE offset <= ? AND at < ?", (upto, before.timestamp())
                ).rowcount
            self._rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return trimmed

    def tail(self) -> int:
        with self._lock, self._explained("read"):
            return _tail(self._rows)

    def size(self) -> int:
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        self._rows.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._rows.execute("BEGIN IMMEDIATE")
        try:
            yield self._rows
            self._rows.execute("COMMIT")
        except BaseException:
            # A full disk may already have rolled it back by itself.
            if self._rows.in_transaction:
                self._rows.execute("ROLLBACK")
            raise

    @contextmanager
    def _explained(self, done: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, secrets.CannotUnsealError) as error:
            raise LogError(
                f"The intake log {self.path} cannot be {done}: {str(error).rstrip('.')}. "
                "Nothing was acknowledged or lost; see to the disk, it is tried again."
            ) from error


def _plain(frame: bytes) -> bytes:
    if not frame.startswith(_SEALED):
        return frame
    return secrets.unseal_bytes(frame[len(_SEALED) :], _LABEL)


def _tail(rows: sqlite3.Connection) -> int:
    # Not max(offset): the newest frames may have been trimmed.
    found = rows.execute("SELECT seq FROM sqlite_sequence WHERE name = 'frames'").fetchone()
    return int(found[0]) if found else 0
