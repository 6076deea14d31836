"""Doing what was asked for: a copy, an erasure, not to be listened to."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import register, rules
from rejoinder.desk.rights.rules import Kind
from rejoinder.plumbing import clock
from rejoinder.privacy import objections, rights
from rejoinder.privacy.retention.holds import HeldError
from rejoinder.privacy.vault import Person
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def copy(request: RightsRequest, actor: Advisor) -> dict[str, Any]:
    """All that is kept of them, as `privacy/rights.py` has it; the ledger has each opening.

    Raises CannotError before they have shown who they are; RuntimeError within a transaction.
    """
    access.require(actor, access.PRIVACY)
    access.require(actor, access.OPEN)
    _ready(request, Kind.ACCESS)
    found = rights.export(person(request), actor, _why(request))
    with transaction.atomic():
        _tell(_marked(request, "copied_at"), actor, "copied what is kept of a person")
    request.refresh_from_db()
    return found


def erase(request: RightsRequest, actor: Advisor) -> int:
    """Take away all that is kept of them; how many rows. Raises CannotError as above, and when a
    legal hold stands against it; RuntimeError within a transaction.
    """
    access.require(actor, access.PRIVACY)
    _ready(request, Kind.ERASURE)
    try:
        rows = rights.erase(person(request), f"advisor {actor.public_id}", _why(request))
    except HeldError as error:
        raise CannotError(str(error)) from None
    with transaction.atomic():
        _tell(_marked(request, "erased_at"), actor, "erased what is kept of a person")
    request.refresh_from_db()
    return sum(rows.values())


def silence(request: RightsRequest, actor: Advisor) -> None:
    """Keep nothing more of what they say that is not said to us. Raises CannotError as above."""
    access.require(actor, access.PRIVACY)
    _ready(request, Kind.OBJECTION)
    with transaction.atomic():
        objections.add(person(request), actor)
        _tell(_marked(request, "silenced_at"), actor, "listens to a person no more")
    request.refresh_from_db()


def is_silenced(request: RightsRequest) -> bool:
    """Whether we keep nothing of what they say about us."""
    return bool(objections.of([person(request)]))


def hear_again(request: RightsRequest, actor: Advisor) -> None:
    """They take their objection back. Raises CannotError when none stands."""
    access.require(actor, access.PRIVACY)
    if request.kind != Kind.OBJECTION or not is_silenced(request):
        raise CannotError(_("No objection of this person stands."))
    with transaction.atomic():
        objections.end(person(request))
        _tell(request, actor, "listens to a person again")


def person(request: RightsRequest) -> Person:
    """Who asks, as their channel calls them."""
    author = request.conversation.person
    return Person(author.channel, author.external_id)


def _ready(request: RightsRequest, kind: Kind) -> None:
    if request.kind != kind:
        raise CannotError(_("This is not what they asked for."))
    if not rules.may_leave(request.times()):
        raise CannotError(_("Make sure first who they are."))


def _why(request: RightsRequest) -> str:
    return f"request {request.public_id}"


def _marked(request: RightsRequest, field: str) -> RightsRequest:
    row = register.locked(request)
    setattr(row, field, clock.now())
    row.save(update_fields=[field])
    return row


def _tell(row: RightsRequest, actor: Advisor, did: str) -> None:
    audit.line(actor, did, row.conversation.public_id, kind=row.kind)
