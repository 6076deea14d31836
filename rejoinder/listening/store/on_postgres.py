"""Batches of rows on PostgreSQL: COPY for rows, arrays for keys, an advisory lock for turns.

Measured (benchmarks/tables/store.py). Arrays and rows are written as text here, column by column:
the driver looks at each value by itself, which took longer than the server needed for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import Any

from django.db import connection, transaction

from rejoinder.listening.store.rows import Kept, Known, Row, Word, json
from rejoinder.listening.store.words import vectors
from rejoinder.plumbing.sql import execute, fetch

_AT_ONCE = 500  # rows sent while the next ones are being written down
_SOON, _LATE = 1_000, 1_000_000  # mentions
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Postgres:
    """Many writers: intake takes turns with itself alone."""

    most = 4_000
    _INTAKE = 0x7265_6A6F  # the number of the lock, the same in every process

    def __init__(self) -> None:
        self._new = 0  # mentions that the planner does not know of
        self._known = _SOON

    @contextmanager
    def alone(self) -> Iterator[None]:
        with transaction.atomic():
            # A batch asks for many keys at once, which the planner takes for a reason to read the
            # whole table: measured at 80,000 mentions, a third of the time of intake.
            execute(
                "SELECT pg_advisory_xact_lock(%s), set_config('enable_seqscan', 'off', true), "
                "set_config('enable_hashjoin', 'off', true), "
                "set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)",
                (self._INTAKE,),
            )
            yield

    def mentions(self, channel: str, ids: Sequence[str]) -> dict[str, Kept]:
        # = ANY, not a join: measured, a fifth of its time.
        rows = fetch(
            "SELECT external_id, id, thread, conversation_id, deleted_at IS NOT NULL "
            "FROM listening_mention WHERE channel = %s AND external_id = ANY(%s::text[])",
            (channel, _texts(ids)),
        )
        return {row[0]: Kept(*row[1:]) for row in rows}

    def names(self, channel: str, posts: Sequence[str]) -> set[str]:
        rows = fetch(
            "SELECT DISTINCT thread FROM listening_mention "
            "WHERE channel = %s AND thread = ANY(%s::text[])",
            (channel, _texts(posts)),
        )
        return {row[0] for row in rows}

    def persons(self, channel: str, ids: Sequence[str]) -> dict[str, Known]:
        rows = fetch(
            "SELECT external_id, id, handle, name, followed FROM listening_person "
            "WHERE channel = %s AND external_id = ANY(%s::text[])",
            (channel, _texts(ids)),
        )
        return {row[0]: Known(*row[1:]) for row in rows}

    def conversations(
        self, channel: str, keys: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], int]:
        # Many may talk in one thread: here each pair is looked up by itself.
        rows = fetch(
            "SELECT k.thread, k.person, c.id "
            "FROM unnest(%s::text[], %s::bigint[]) AS k (thread, person) CROSS JOIN LATERAL "
            "(SELECT coalesce(joined_into_id, id) AS id FROM listening_conversation "
            "WHERE channel = %s AND thread = k.thread AND person_id = k.person LIMIT 1) AS c",
            (_texts([thread for thread, _ in keys]), _array([one for _, one in keys]), channel),
        )
        return {(row[0], row[1]): row[2] for row in rows}

    def new_ids(self, table: str, many: int) -> Sequence[int]:
        if not many:
            return ()
        ((first, last, found),) = fetch(
            "SELECT min(n), max(n), CASE WHEN max(n) - min(n) >= %s THEN array_agg(n) END "
            "FROM (SELECT nextval(%s) AS n FROM generate_series(1, %s)) AS numbers",
            (many, f"{table}_id_seq", many),
        )
        # Somebody else may have taken one meanwhile.
        return found or range(first, last + 1)

    def add(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for start in range(0, len(rows), _AT_ONCE):
                copy.write(_lines(rows[start : start + _AT_ONCE]))
        if table == "listening_mention":
            self._tell_planner(len(rows))

    def _tell_planner(self, rows: int) -> None:
        """Each time the mentions are twice as many, until the server does it by itself.

        Without it = ANY reads all posts of a channel for each batch of the first minute.
        """
        self._new += rows
        if self._new >= self._known and self._known < _LATE:
            self._new, self._known = 0, 2 * self._known
            execute("SET LOCAL default_statistics_target = 10", ())
            execute("ANALYZE listening_mention (channel, external_id, thread)", ())

    def say_more(self, words: Sequence[Word]) -> None:
        execute(
            "UPDATE listening_conversation c SET reopened = c.reopened OR c.waiting_since IS NULL, "
            "need = CASE WHEN c.waiting_since IS NULL THEN w.need ELSE least(c.need, w.need) END, "
            "waiting_since = least(c.waiting_since, w.first), "
            "opened_at = least(c.opened_at, w.first), "
            "last_mention_id = CASE WHEN w.last >= c.last_at THEN w.mention "
            "ELSE c.last_mention_id END, last_at = greatest(c.last_at, w.last), "
            "account_id = coalesce(c.account_id, w.account) "
            "FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bigint[], "
            "%s::bigint[], %s::smallint[]) AS w (id, first, last, mention, account, need) "
            "WHERE c.id = w.id",
            tuple(map(_array, zip(*words, strict=True))),
        )

    def index(self, ids: Sequence[int], texts: Sequence[str]) -> None:
        self.add(
            "listening_search", "mention_id, words", list(zip(ids, vectors(texts), strict=True))
        )

    def unindex(self, ids: Sequence[int]) -> None:
        execute("DELETE FROM listening_search WHERE mention_id = ANY(%s)", (list(ids),))

    def others_write(self) -> bool:
        return False  # they lock rows, and intake's rows are new


def _texts(values: Sequence[str]) -> str | list[str]:
    """An array of text; JSON writes one alike but for what needs a backslash."""
    written = json(values)
    return list(values) if "\\" in written else f"{{{written[1:-1]}}}"


def _array(values: Iterable[object]) -> str:
    """An array of numbers or times."""
    return f"{{{','.join('NULL' if value is None else str(value) for value in values)}}}"


def _lines(rows: Sequence[Row]) -> bytes:
    """Rows as COPY reads them."""
    columns = map(_column, zip(*rows, strict=True))
    lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
    return f"{lines}\n".encode()


def _column(values: Sequence[Any]) -> Iterable[str]:
    """The fields of one column."""
    if values.count(values[0]) == len(values):
        return repeat(_field(values[0]), len(values))
    kinds = set(map(type, values))
    if kinds == {str}:
        return values if _needs_no_escape("".join(values)) else map(_field, values)
    return map(str, values) if kinds == {int} else map(_field, values)


def _needs_no_escape(text: str) -> bool:
    return not ("\\" in text or "\t" in text or "\n" in text or "\r" in text)


def _field(value: object) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPED)
