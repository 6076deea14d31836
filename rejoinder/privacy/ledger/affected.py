"""Who exactly: the people whose data was opened for a purpose in a time, from the ledger alone."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from rejoinder.privacy.ledger import heads, openings, outside, spans
from rejoinder.privacy.ledger.append import at, micros
from rejoinder.privacy.ledger.heads import Head
from rejoinder.privacy.ledger.openings import Found
from rejoinder.privacy.ledger.spans import Span
from rejoinder.privacy.models import LedgerEntry

HERE = "this desk"
_EVER = 2**62  # microseconds


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
    found = openings.found((purpose, field, micros(since), micros(until)))
    counts = found.times
    known = {"": _here(), **outside.covered()}
    asked = (micros(since), micros(until))
    return Affected(
        sorted(_names(found)),
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


def _names(found: Found) -> Iterator[str]:
    """Other systems name people as they do: that name holds only there."""
    for system, subjects in found.people.items():
        yield from (f"{system}:{one}" for one in subjects) if system else subjects


def _here() -> list[Span]:
    """This desk opens nothing past its ledger: it is covered from its first entry on."""
    first = LedgerEntry.objects.filter(pk=0).values_list("at", flat=True).first()
    return [] if first is None else [(first, _EVER)]


def _cover(system: str, span: Span, openings: int) -> Cover:
    since, until = (at(edge).isoformat() for edge in span)
    return Cover(system or HERE, since, until, openings)
