"""Telling the people concerned directly: their contacts as a file, and the word that it is done."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy import vault
from rejoinder.privacy.incidents import standing
from rejoinder.privacy.incidents.listing import packed
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.registering import locked
from rejoinder.privacy.models import Incident, IncidentTold
from rejoinder.privacy.models.incident import WAYS
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

PURPOSE = "legal-duty"
KINDS = ("email", "phone", "address")  # what the vault keeps to reach people by


class Line(NamedTuple):
    """One person who was not told yet, and how they can be reached; empty where we do not know."""

    reference: str
    email: str
    phone: str
    address: str


def waiting(incident: Incident) -> list[str]:
    """Those listed who were not told, in order."""
    return sorted(standing.listed(incident) - set(standing.words(incident)))


def contacts(incident: Incident, actor: Advisor) -> Iterator[Line]:
    """Everybody who was not told, with what the vault keeps of them, opened for a legal duty.

    Each opening is in the ledger before this returns. Raises CannotError when nobody waits,
    NotAllowedError; RuntimeError within a transaction.
    """
    access.require(actor, access.PRIVACY)
    names = waiting(incident)
    if not names:
        raise CannotError(_("Nobody who is listed waits to be told."))
    audit.line(actor, "exported contacts for an incident", incident.name, people=len(names))
    why = f"incident {incident.public_id}"
    found = {kind: vault.open_many(names, kind, PURPOSE, actor, why) for kind in KINDS}
    return (Line(name, *(found[kind].get(name, "") for kind in KINDS)) for name in names)


def tell(incident: Incident, actor: Advisor, way: str, names: Collection[str] = ()) -> int:
    """Write down that these were told in this way; without names all who wait. How many.

    Raises CannotError for somebody who is not listed, and when nobody waits.
    """
    access.require(actor, access.PRIVACY)
    if way not in dict(WAYS):
        raise CannotError(_("Say how they were told."))
    with transaction.atomic():
        row = locked(incident)
        given = {name.strip() for name in names if name.strip()}
        if strangers := given - standing.listed(row):
            raise CannotError(
                _("%(name)s is on no list of this incident.") % {"name": min(strangers)}
            )
        waits = set(waiting(row))
        told = waits & given if given else waits
        if not told:
            raise CannotError(_("Nobody who is listed waits to be told."))
        IncidentTold.objects.create(
            incident=row, way=way, packed=packed(told), many=len(told), at=clock.now(), by=actor
        )
        audit.line(actor, "told people of an incident", row.name, way=way, people=len(told))
    return len(told)
