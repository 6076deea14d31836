"""Who exactly: the people whose data was opened for a purpose in a time, from the ledger alone."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from rejoinder.plumbing import sql
from rejoinder.privacy.ledger import heads, outside, spans
from rejoinder.privacy.ledger.append import at, micros
from rejoinder.privacy.ledger.heads import Head
from rejoinder.privacy.ledger.spans import Span
from rejoinder.privacy.models import LedgerEntry, LedgerSet

HERE = "this desk"
_EVER = 2**62  # microseconds

# Literals, not parameters: only so does SQLite use an index that holds some of the rows.
# Counted here: to group names at random by an index on disk takes SQLite four times as long.
_SINGLE = """
    SELECT system, subject FROM privacy_ledgerentry
    WHERE kind = 'opened' AND members = '' AND purpose = %s AND field = %s AND at >= %s AND at < %s
"""
_MANY = """
    SELECT system, subjects FROM privacy_ledgerentry JOIN privacy_ledgerset ON entry_id = place
    WHERE kind = 'opened' AND NOT (members = '') AND purpose = %s AND field = %s
    AND at >= %s AND at < %s
"""


class Cover(NamedTuple):
    """That all openings of a system in a time are in the ledger; how many of the system count.

    `since` and `until` are ISO 8601, UTC.
    """

    system: str
    since: str
    until: str
    openings: int


class Affected(NamedTuple):
    """The answer, and what it holds for. `subjects` are pseudonyms, each once, in order.

    `gaps` are hours of systems we know that no log covers: for these it is "at least".
    """

    subjects: list[str]
    openings: int
    head: Head
    covers: list[Cover]
    gaps: list[Cover]


def affected(purpose: str, field: str, since: datetime, until: datetime) -> Affected:
    """Everybody whose `field` was opened for `purpose` from `since` to before `until`."""
    head = heads.now()
    found = Counter(_openings(purpose, field, micros(since), micros(until)))
    counts: Counter[str] = Counter()
    for (system, _), times in found.items():
        counts[system] += times
    known = {"": _here(), **outside.covered()}
    asked = (micros(since), micros(until))
    return Affected(
        sorted(_name(*who) for who in found),
        counts.total(),
        head,
        [
            _cover(system, span, counts[system])
            for system, covered in known.items()
            for span in spans.within(covered, *asked)
        ],
        [
            _cover(system, span, 0)
            for system, covered in known.items()
            for span in spans.missing(covered, *asked)
            if system
        ],
    )


def _openings(purpose: str, field: str, since: int, until: int) -> Iterator[tuple[str, str]]:
    """System and person of each opening."""
    asked = (purpose, field, since, until)
    yield from sql.rows(_SINGLE, asked)
    for system, packed in sql.rows(_MANY, asked):
        for subject in LedgerSet(subjects=packed).names():
            yield system, subject


def _name(system: str, subject: str) -> str:
    """Other systems name people as they do: that name holds only there."""
    return f"{system}:{subject}" if system else subject


def _here() -> list[Span]:
    """This desk opens nothing past its ledger: it is covered from its first entry on."""
    first = LedgerEntry.objects.filter(pk=0).values_list("at", flat=True).first()
    return [] if first is None else [(first, _EVER)]


def _cover(system: str, span: Span, openings: int) -> Cover:
    since, until = (at(edge).isoformat() for edge in span)
    return Cover(system or HERE, since, until, openings)
