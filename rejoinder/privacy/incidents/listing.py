"""Who is concerned: from the ledger, or as a list that another system made."""

import zlib
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.find import Finder
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.registering import locked
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.models import Incident, IncidentList
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

_LONGEST = 100  # characters of a reference
_finder = Finder()


class Asked(NamedTuple):
    """What the ledger is asked: whose field was opened for a purpose in a time."""

    purpose: str
    field: str
    since: datetime
    until: datetime


def from_ledger(incident: Incident, actor: Advisor, asked: Asked) -> IncidentList:
    """Attach everybody whom the ledger names. Raises CannotError when it names nobody."""
    access.require(actor, access.PRIVACY)
    found = affected(*asked)
    if not found.subjects:
        raise CannotError(_("The ledger names nobody for this purpose, field and time."))
    told = {
        "purpose": asked.purpose,
        "field": asked.field,
        "from": asked.since.isoformat(),
        "to": asked.until.isoformat(),
        "openings": found.openings,
        "head": found.head._asdict(),
    }
    return _attach(incident, actor, found.subjects, told, at_least=bool(found.gaps))


def from_file(incident: Incident, actor: Advisor, text: bytes, *, at_least: bool) -> IncidentList:
    """Attach a list with a reference on each line, never a contact. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    names = sorted(set(_references(text)))
    if not names:
        raise CannotError(_("The list is empty: write one reference on each line."))
    return _attach(incident, actor, names, {}, at_least=at_least)


def packed(names: Collection[str]) -> bytes:
    """As the rows keep them."""
    return zlib.compress("\n".join(sorted(names)).encode())


def _references(text: bytes) -> Iterator[str]:
    try:
        lines = [line.strip() for line in text.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise CannotError(_("This is no text file (UTF-8).")) from None
    for number, (line, spans) in enumerate(zip(lines, _finder.find(lines), strict=True), 1):
        if spans:
            raise CannotError(
                _("Line %(number)d names a person by contact data; use a reference or a hash.")
                % {"number": number}
            )
        if len(line) > _LONGEST or "\0" in line:
            raise CannotError(_("Line %(number)d is no reference.") % {"number": number})
        if line:
            yield line


def _attach(
    incident: Incident,
    actor: Advisor,
    names: Collection[str],
    asked: dict[str, object],
    *,
    at_least: bool,
) -> IncidentList:
    with transaction.atomic():
        row = locked(incident)
        made = IncidentList.objects.create(
            incident=row,
            packed=packed(names),
            many=len(names),
            asked=asked,
            at_least=at_least,
            at=clock.now(),
            by=actor,
        )
        audit.line(actor, "listed people of an incident", row.name, people=len(names))
    return made
