"""Batches of rows on SQLite: one file, one writer, prepared inserts.

Measured (benchmarks/tables/store.py).
"""

import fcntl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, count
from typing import Any

from django.db import connection

from rejoinder.listening.store.rows import Kept, Known, Row, Word, json
from rejoinder.plumbing.config import config
from rejoinder.plumbing.sql import execute, fetch

_NOW_AND_THEN = "in_reply_to"
_ROWS = 40  # in one INSERT: a fifth faster than one by one, and no faster beyond


class SQLite:
    """One file, one writer: prepared statements inside BEGIN IMMEDIATE."""

    most = 4_000  # nobody else can write for about 0.1 s
    _version = 0

    def __init__(self) -> None:
        self._given: dict[str, int] = {}  # by table, the last id given since alone() began

    @contextmanager
    def alone(self) -> Iterator[None]:
        # A lock of its own: a batch is prepared while pages go on writing to the desk.
        with (config().data / "intake.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._given.clear()
            yield

    def mentions(self, channel: str, ids: Sequence[str]) -> dict[str, Kept]:
        rows = fetch(
            "SELECT m.external_id, m.id, m.thread, m.conversation_id, m.deleted_at IS NOT NULL "
            "FROM json_each(%s) j CROSS JOIN listening_mention m "
            "ON m.channel = %s AND m.external_id = j.value",
            (json(ids), channel),
        )
        return {row[0]: Kept(row[1], row[2], row[3], bool(row[4])) for row in rows}

    def names(self, channel: str, posts: Sequence[str]) -> set[str]:
        rows = fetch(
            "SELECT j.value FROM json_each(%s) j WHERE EXISTS "
            "(SELECT 1 FROM listening_mention m WHERE m.channel = %s AND m.thread = j.value)",
            (json(posts), channel),
        )
        return {row[0] for row in rows}

    def persons(self, channel: str, ids: Sequence[str]) -> dict[str, Known]:
        rows = fetch(
            "SELECT p.external_id, p.id, p.handle, p.name, p.followed "
            "FROM json_each(%s) j CROSS JOIN listening_person p "
            "ON p.channel = %s AND p.external_id = j.value",
            (json(ids), channel),
        )
        return {row[0]: Known(*row[1:]) for row in rows}

    def conversations(
        self, channel: str, keys: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], int]:
        rows = fetch(
            "SELECT c.thread, c.person_id, coalesce(c.joined_into_id, c.id) "
            "FROM json_each(%s) j CROSS JOIN listening_conversation c ON c.channel = %s "
            "AND c.thread = j.value ->> 0 AND c.person_id = j.value ->> 1",
            (json(keys), channel),
        )
        return {(row[0], row[1]): row[2] for row in rows}

    def new_ids(self, table: str, many: int) -> Sequence[int]:
        # Nobody else inserts into these tables meanwhile: see alone(). All channels of a batch are
        # planned before the first row is written, so what was given counts too.
        found = fetch("SELECT seq FROM sqlite_sequence WHERE name = %s", (table,))
        first = max(found[0][0] if found else 0, self._given.get(table, 0)) + 1
        self._given[table] = first + many - 1
        return range(first, first + many)

    def add(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        same, names, values = _parted(columns, rows)
        whole = len(values) - len(values) % _ROWS
        starts = range(0, whole, _ROWS)
        given = tuple(same.values())
        many = ((*given, *chain.from_iterable(values[at : at + _ROWS])) for at in starts)
        _raw_many(_insert(table, tuple(same), names, _ROWS), many)
        one_by_one = ((*given, *row) for row in values[whole:])
        _raw_many(_insert(table, tuple(same), names, 1), one_by_one)

    def say_more(self, words: Sequence[Word]) -> None:
        _raw_many(
            "UPDATE listening_conversation SET "
            "reopened = CASE WHEN waiting_since IS NULL THEN 1 ELSE reopened END, "
            "need = CASE WHEN waiting_since IS NULL THEN ?6 ELSE min(need, ?6) END, "
            "waiting_since = min(coalesce(waiting_since, ?2), ?2), opened_at = min(opened_at, ?2), "
            "last_mention_id = CASE WHEN ?3 >= last_at THEN ?4 ELSE last_mention_id END, "
            "last_at = max(last_at, ?3), account_id = coalesce(account_id, ?5) WHERE id = ?1",
            words,
        )

    def index(self, ids: Sequence[int], texts: Sequence[str]) -> None:
        _raw_many(
            "INSERT INTO listening_search (rowid, text) VALUES (?, ?)",
            zip(ids, texts, strict=True),
        )

    def unindex(self, ids: Sequence[int]) -> None:
        execute(
            "INSERT INTO listening_search (listening_search, rowid, text) "
            "SELECT 'delete', m.id, m.text FROM json_each(%s) j "
            "CROSS JOIN listening_mention m ON m.id = j.value",
            (json(ids),),
        )

    def others_write(self) -> bool:
        before, self._version = self._version, fetch("PRAGMA data_version", ())[0][0]
        return before not in (0, self._version)


def _parted(columns: str, rows: Sequence[Row]) -> tuple[dict[str, Any], tuple[str, ...], list[Row]]:
    """What is the same in all rows by column, the names of the other columns, and their values.

    Binding is most of the work of an insert: what is the same is bound once for many rows, and
    None and bool, which Python's sqlite3 takes a slow way to bind, become '' (see `_mark`) and a
    number. Measured: less than half the time.
    """
    same: dict[str, Any] = {}
    names: list[str] = []
    values: list[Sequence[Any]] = []
    for name, column in zip(columns.split(", "), zip(*rows, strict=True), strict=True):
        if name != "id" and column.count(column[0]) == len(column):
            same[name] = column[0]
            continue
        names.append(name)
        if name == _NOW_AND_THEN:
            values.append([value or "" for value in column])
        else:
            values.append(list(map(int, column)) if type(column[0]) is bool else column)
    return same, tuple(names), list(zip(*values, strict=True))


@lru_cache(maxsize=64)  # which columns are the same depends on the batch
def _insert(table: str, same: tuple[str, ...], names: tuple[str, ...], rows: int) -> str:
    """An INSERT of so many rows, whose first parameters are shared by all of them."""
    shared = [f"?{number}" for number in range(1, len(same) + 1)]
    number = count(len(same) + 1)
    values = ", ".join(
        f"({', '.join([*shared, *(_mark(name, next(number)) for name in names)])})"
        for _ in range(rows)
    )
    return f"INSERT INTO {table} ({', '.join([*same, *names])}) VALUES {values}"  # noqa: S608


def _mark(name: str, number: int) -> str:
    return f"nullif(?{number}, '')" if name == _NOW_AND_THEN else f"?{number}"


def _raw_many(statement: str, rows: Iterable[Row]) -> None:
    """Past Django's cursor, which rewrites each row's placeholders; errors stay Django's."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.executemany(statement, rows)
