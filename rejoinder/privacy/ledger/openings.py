"""Reading the openings of a question out of the ledger, many in one value of the database.

Half a million rows one by one cost Python two seconds; as a JSON list that the database makes,
and that is read at once, they cost a third of one.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from django.db import connection

from rejoinder.plumbing import sql
from rejoinder.privacy.models import LedgerSet

Asked = tuple[str, str, int, int]  # purpose, field, since, until; moments in microseconds

_SLICE = 1_000_000  # openings in one value: a hundred megabytes at most, as databases allow
# Literals, not parameters: only so does SQLite use an index that holds some of the rows.
_SINGLE = """
    FROM privacy_ledgerentry
    WHERE kind = 'opened' AND members = '' AND purpose = %s AND field = %s AND at >= %s AND at < %s
"""
_LISTS = {
    "sqlite": """
        SELECT json_group_array(subject) FILTER (WHERE system = ''),
        json_group_array(json_array(system, subject)) FILTER (WHERE NOT (system = ''))
    """,
    "postgresql": """
        SELECT CAST(json_agg(subject) FILTER (WHERE system = '') AS text),
        CAST(json_agg(json_build_array(system, subject)) FILTER (WHERE NOT (system = '')) AS text)
    """,
}
_MANY = """
    SELECT system, subjects FROM privacy_ledgerentry JOIN privacy_ledgerset ON entry_id = place
    WHERE kind = 'opened' AND NOT (members = '') AND purpose = %s AND field = %s
    AND at >= %s AND at < %s
"""
_OWN = msgspec.json.Decoder(list[str])
_OTHER = msgspec.json.Decoder(list[tuple[str, str]])


class Found(NamedTuple):
    """Whom the openings were of, by system ("" is this desk), and how many openings each has."""

    people: dict[str, set[str]]
    times: Counter[str]


def found(asked: Asked) -> Found:
    """Everybody, alone or among many."""
    people: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for system, subjects in _lists(asked):
        people.setdefault(system, set()).update(subjects)
        times[system] += len(subjects)
    return Found(people, times)


def _lists(asked: Asked) -> Iterator[tuple[str, list[str]]]:
    for part in _slices(asked):
        own, other = sql.fetch(_LISTS[connection.vendor] + _SINGLE, part)[0]
        yield "", _OWN.decode(own or "[]")
        for system, subject in _OTHER.decode(other or "[]"):
            yield system, [subject]
    for system, packed in sql.rows(_MANY, asked):
        yield system, LedgerSet(subjects=packed).names()


def _slices(asked: Asked) -> Iterator[Asked]:
    """The time in parts of so many openings; what stands at one moment is never parted."""
    purpose, field, begin, until = asked
    statement = f"SELECT at {_SINGLE} ORDER BY at LIMIT 1 OFFSET {_SLICE}"
    while edge := sql.fetch(statement, (purpose, field, begin, until)):
        end = max(edge[0][0], begin + 1)
        yield purpose, field, begin, end
        begin = end
    yield purpose, field, begin, until
