"""Openings by other systems: their logs, added to the ledger with the hours that they cover."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from rejoinder.privacy.find import Finder
from rejoinder.privacy.ledger.append import micros, writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.reasons import LONGEST, clean
from rejoinder.privacy.ledger.spans import Span
from rejoinder.privacy.models import LedgerEntry
from rejoinder.privacy.models.ledger import LedgerEntries
from rejoinder.team import access
from rejoinder.team.models import Advisor

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,58}[a-z0-9])?\Z")
_finder = Finder()

Short = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]


class NotAddedError(Exception):
    """A log that was not added, with the reason and, for a line, its number."""


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of such a log. `subject` is what that system calls a person: no contact data."""

    at: Annotated[datetime, Meta(tz=True)]
    subject: Short
    field: Short
    purpose: Short
    actor: Short
    why: Annotated[str, Meta(max_length=500)] = ""


def add(advisor: Advisor, system: str, log: bytes, since: datetime, until: datetime) -> int:
    """Add a whole log as JSON lines, with the word that it covers that time; how many openings.

    All or nothing. Raises NotAddedError, NotAllowedError; RuntimeError within a transaction.
    """
    access.require(advisor, access.PRIVACY)
    if not _NAME.match(system):
        raise NotAddedError(_("A system is named in small letters, digits, dots and dashes."))
    if until <= since:
        raise NotAddedError(_("The time that it covers ends before it begins."))
    openings = list(_read(log, since, until))
    mark = f"sha256 {hashlib.sha256(log).hexdigest()}"
    with writing() as ledger:
        if _covers().filter(system=system, detail__endswith=mark).exists():
            raise NotAddedError(_("This log was added before."))
        for one, why in zip(openings, _masked(openings), strict=True):
            ledger.add(_entry(system, one, why))
        ledger.add(
            Entry(
                at=micros(),
                kind="covers",
                system=system,
                actor=f"advisor {advisor.public_id}",
                detail=f"{micros(since)} {micros(until)} {mark}",
            )
        )
    return len(openings)


def covered() -> dict[str, list[Span]]:
    """For each system that added a log, the time that its logs cover, in microseconds."""
    found: dict[str, list[Span]] = {}
    for system, detail in _covers().order_by("place").values_list("system", "detail"):
        since, until, *_mark = detail.split()
        found.setdefault(system, []).append((int(since), int(until)))
    return found


def _covers() -> LedgerEntries:
    return LedgerEntry.objects.not_opened().filter(kind="covers")


def _read(log: bytes, since: datetime, until: datetime) -> Iterator[Opening]:
    decoder = msgspec.json.Decoder(Opening)
    for number, line in enumerate(log.splitlines(), 1):
        if not line.strip():
            continue
        try:
            opening = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NotAddedError(_line(number, str(error))) from None
        if not since <= opening.at < until:
            raise NotAddedError(_line(number, _("outside the time that the log covers")))
        if _finder.find([opening.subject])[0]:
            raise NotAddedError(_line(number, _("a person is named by contact data; hash it")))
        yield opening


def _line(number: int, words: str) -> str:
    return _("Line %(number)d: %(words)s.") % {"number": number, "words": words}


def _masked(openings: list[Opening]) -> list[str]:
    return [text for text, _kinds in _finder.masked([one.why for one in openings])]


def _entry(system: str, one: Opening, why: str) -> Entry:
    return Entry(
        at=micros(one.at.astimezone(UTC)),
        kind="opened",
        subject=one.subject,
        field=one.field,
        purpose=one.purpose,
        actor=one.actor,
        why=clean(why, LONGEST),
        system=system,
    )
