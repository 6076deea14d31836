"""Batches of rows in few statements; the one file that knows how the two databases differ.

Measured (benchmarks/tables/store.py): prepared inserts on SQLite, COPY on PostgreSQL.
"""

import fcntl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain, count
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import msgspec
from django.db import connection, transaction

from rejoinder.plumbing.config import config

PERSON = "id, channel, external_id, handle, name"
CONVERSATION = (
    "id, public_id, channel, thread, person_id, account_id, need, opened_at, last_at, "
    "waiting_since, reopened, last_mention_id"
)
MENTION = (
    "id, channel, external_id, account_id, conversation_id, person_id, thread, in_reply_to, text, "
    "created_at, heard_at, time_known, tagged, public, ours, url, language, media, ref, "
    "edited_at, deleted_at"
)
Row = tuple[Any, ...]
_NOW_AND_THEN = "in_reply_to"
_ROWS = 40  # in one INSERT on SQLite: a fifth faster than one by one, and no faster beyond


def moments(times: Sequence[datetime]) -> list[str]:
    """Times in UTC as rows hold them, without a zone; sorted as text they are sorted in time.

    Measured: a twentieth of the time of `isoformat`, one by one.
    """
    return _json(times).replace("T", " ")[2:-3].split('Z","') if times else []


class Kept(NamedTuple):
    """A mention that is there already."""

    id: int
    thread: str
    conversation: int | None
    deleted: bool


class Known(NamedTuple):
    """A person who is there already."""

    id: int
    handle: str
    name: str


class Word(NamedTuple):
    """What a batch brings to a conversation that is there already; times as rows hold them."""

    conversation: int
    first: str
    last: str
    mention: int
    account: int | None


class Store(Protocol):
    """What intake needs from a database."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers of mentions out, in any process."""
        ...

    def mentions(self, channel: str, ids: Sequence[str]) -> dict[str, Kept]:
        """Those of these posts that are kept, by their external id."""
        ...

    def names(self, channel: str, posts: Sequence[str]) -> set[str]:
        """Those of these posts after which a thread of kept mentions is named."""
        ...

    def persons(self, channel: str, ids: Sequence[str]) -> dict[str, Known]:
        """Those of these people who are known, by their external id."""
        ...

    def conversations(
        self, channel: str, keys: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], tuple[int, UUID]]:
        """Row id and public id of those conversations that exist, by thread and person."""
        ...

    def new_ids(self, table: str, many: int) -> Sequence[int]:
        """That many ids that nobody else gets, ascending."""
        ...

    def add(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Rows that are surely new, in the order of the columns."""
        ...

    def say_more(self, words: Sequence[Word]) -> None:
        """People wrote again: their conversations wait, and open again if they did not."""
        ...

    def index(self, first: int, last: int) -> None:
        """Make the mentions with these row ids, both included, known to search."""
        ...

    def unindex(self, ids: Sequence[int]) -> None:
        """Take these out of search; call it before their text changes."""
        ...

    def others_write(self) -> bool:
        """Whether somebody else wrote since the last asking and may have to wait for us."""
        ...


@cache
def store() -> Store:
    """The store of this desk's database."""
    return Postgres() if connection.vendor == "postgresql" else SQLite()


class SQLite:
    """One file, one writer: prepared statements inside BEGIN IMMEDIATE."""

    _version = 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        # A lock of its own: a batch is prepared while pages go on writing to the desk.
        with (config().data / "intake.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def mentions(self, channel: str, ids: Sequence[str]) -> dict[str, Kept]:
        rows = _fetch(
            "SELECT m.external_id, m.id, m.thread, m.conversation_id, m.deleted_at IS NOT NULL "
            "FROM json_each(%s) j CROSS JOIN listening_mention m "
            "ON m.channel = %s AND m.external_id = j.value",
            (_json(ids), channel),
        )
        return {row[0]: Kept(row[1], row[2], row[3], bool(row[4])) for row in rows}

    def names(self, channel: str, posts: Sequence[str]) -> set[str]:
        rows = _fetch(
            "SELECT j.value FROM json_each(%s) j WHERE EXISTS "
            "(SELECT 1 FROM listening_mention m WHERE m.channel = %s AND m.thread = j.value)",
            (_json(posts), channel),
        )
        return {row[0] for row in rows}

    def persons(self, channel: str, ids: Sequence[str]) -> dict[str, Known]:
        rows = _fetch(
            "SELECT p.external_id, p.id, p.handle, p.name "
            "FROM json_each(%s) j CROSS JOIN listening_person p "
            "ON p.channel = %s AND p.external_id = j.value",
            (_json(ids), channel),
        )
        return {row[0]: Known(*row[1:]) for row in rows}

    def conversations(
        self, channel: str, keys: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], tuple[int, UUID]]:
        rows = _fetch(
            "SELECT c.thread, c.person_id, c.id, c.public_id "
            "FROM json_each(%s) j CROSS JOIN listening_conversation c ON c.channel = %s "
            "AND c.thread = j.value ->> 0 AND c.person_id = j.value ->> 1",
            (_json(keys), channel),
        )
        return {(row[0], row[1]): (row[2], UUID(row[3])) for row in rows}

    def new_ids(self, table: str, many: int) -> Sequence[int]:
        # Nobody else inserts into these tables meanwhile: see alone().
        found = _fetch("SELECT seq FROM sqlite_sequence WHERE name = %s", (table,))
        first = (found[0][0] if found else 0) + 1
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
            "waiting_since = min(coalesce(waiting_since, ?2), ?2), opened_at = min(opened_at, ?2), "
            "last_mention_id = CASE WHEN ?3 >= last_at THEN ?4 ELSE last_mention_id END, "
            "last_at = max(last_at, ?3), account_id = coalesce(account_id, ?5) WHERE id = ?1",
            words,
        )

    def index(self, first: int, last: int) -> None:
        _do(
            "INSERT INTO listening_search (rowid, text) "
            "SELECT id, text FROM listening_mention WHERE id BETWEEN %s AND %s",
            (first, last),
        )

    def unindex(self, ids: Sequence[int]) -> None:
        _do(
            "INSERT INTO listening_search (listening_search, rowid, text) "
            "SELECT 'delete', m.id, m.text FROM json_each(%s) j "
            "CROSS JOIN listening_mention m ON m.id = j.value",
            (_json(ids),),
        )

    def others_write(self) -> bool:
        before, self._version = self._version, _fetch("PRAGMA data_version", ())[0][0]
        return before not in (0, self._version)


class Postgres:
    """Many writers: COPY for rows, arrays for keys, an advisory lock for turns."""

    _INTAKE = 0x7265_6A6F  # the number of the lock, the same in every process

    @contextmanager
    def alone(self) -> Iterator[None]:
        with transaction.atomic():
            # A batch asks for many keys at once, which the planner takes for a reason to read the
            # whole table: measured at 80,000 mentions, a third of the time of intake. LATERAL below
            # is for the same reason: each key is looked up by itself.
            _do(
                "SELECT pg_advisory_xact_lock(%s), set_config('enable_seqscan', 'off', true), "
                "set_config('enable_hashjoin', 'off', true), "
                "set_config('enable_mergejoin', 'off', true)",
                (self._INTAKE,),
            )
            yield

    def mentions(self, channel: str, ids: Sequence[str]) -> dict[str, Kept]:
        rows = _fetch(
            "SELECT k.id, m.id, m.thread, m.conversation_id, m.deleted_at IS NOT NULL "
            "FROM unnest(%s::text[]) AS k (id) CROSS JOIN LATERAL (SELECT * FROM listening_mention "
            "WHERE channel = %s AND external_id = k.id LIMIT 1) AS m",
            (list(ids), channel),
        )
        return {row[0]: Kept(*row[1:5]) for row in rows}

    def names(self, channel: str, posts: Sequence[str]) -> set[str]:
        rows = _fetch(
            "SELECT p.id FROM unnest(%s::text[]) AS p (id) CROSS JOIN LATERAL "
            "(SELECT FROM listening_mention WHERE channel = %s AND thread = p.id LIMIT 1) AS m",
            (list(posts), channel),
        )
        return {row[0] for row in rows}

    def persons(self, channel: str, ids: Sequence[str]) -> dict[str, Known]:
        rows = _fetch(
            "SELECT k.id, p.id, p.handle, p.name "
            "FROM unnest(%s::text[]) AS k (id) CROSS JOIN LATERAL (SELECT * FROM listening_person "
            "WHERE channel = %s AND external_id = k.id LIMIT 1) AS p",
            (list(ids), channel),
        )
        return {row[0]: Known(*row[1:]) for row in rows}

    def conversations(
        self, channel: str, keys: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], tuple[int, UUID]]:
        rows = _fetch(
            "SELECT k.thread, k.person, c.id, c.public_id "
            "FROM unnest(%s::text[], %s::bigint[]) AS k (thread, person) CROSS JOIN LATERAL "
            "(SELECT id, public_id FROM listening_conversation WHERE channel = %s "
            "AND thread = k.thread AND person_id = k.person LIMIT 1) AS c",
            ([thread for thread, _ in keys], [person for _, person in keys], channel),
        )
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def new_ids(self, table: str, many: int) -> Sequence[int]:
        rows = _fetch("SELECT nextval(%s) FROM generate_series(1, %s)", (f"{table}_id_seq", many))
        return [row[0] for row in rows]

    def add(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def say_more(self, words: Sequence[Word]) -> None:
        _do(
            "UPDATE listening_conversation c SET reopened = c.reopened OR c.waiting_since IS NULL, "
            "waiting_since = least(c.waiting_since, w.first), "
            "opened_at = least(c.opened_at, w.first), "
            "last_mention_id = CASE WHEN w.last >= c.last_at THEN w.mention "
            "ELSE c.last_mention_id END, last_at = greatest(c.last_at, w.last), "
            "account_id = coalesce(c.account_id, w.account) "
            "FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bigint[], "
            "%s::bigint[]) AS w (id, first, last, mention, account) WHERE c.id = w.id",
            tuple(map(list, zip(*words, strict=True))),
        )

    def index(self, first: int, last: int) -> None:
        _do(
            "INSERT INTO listening_search (mention_id, words) "
            "SELECT id, to_tsvector('simple', text) FROM listening_mention "
            "WHERE id BETWEEN %s AND %s ON CONFLICT DO NOTHING",
            (first, last),
        )

    def unindex(self, ids: Sequence[int]) -> None:
        _do("DELETE FROM listening_search WHERE mention_id = ANY(%s)", (list(ids),))

    def others_write(self) -> bool:
        return False  # they lock rows, and intake's rows are new


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


def _fetch(statement: str, values: Row) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Row] = cursor.fetchall()
    return rows


def _do(statement: str, values: Row) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _raw_many(statement: str, rows: Iterable[Row]) -> None:
    """Past Django's cursor, which rewrites each row's placeholders; errors stay Django's."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.executemany(statement, rows)


def _json(values: object) -> str:
    return msgspec.json.encode(values).decode()
