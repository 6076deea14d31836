"""Doing what was asked for: a copy, an erasure, not to be listened to."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import accounts, register, rules
from rejoinder.desk.rights.rules import Kind
from rejoinder.plumbing import clock
from rejoinder.privacy import objections, rights
from rejoinder.privacy.retention import holds
from rejoinder.privacy.retention.holds import HeldError
from rejoinder.privacy.vault import Person
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def copy(request: RightsRequest, actor: Advisor) -> dict[str, Any]:
    """All that is kept of them, as `privacy/rights.py` has it, of each account in `accounts`.

    The first is the one they asked from. The ledger has each opening.

    Raises CannotError before they have shown who they are; RuntimeError within a transaction.
    """
    access.require(actor, access.PRIVACY)
    access.require(actor, access.OPEN)
    ready(request, Kind.ACCESS)
    found = [rights.export(one, actor, _why(request)) for one in people(request)]
    with transaction.atomic():
        _tell(_marked(request, "copied_at"), actor, "copied what is kept of a person")
    request.refresh_from_db()
    return {"accounts": found}


def erase(request: RightsRequest, actor: Advisor) -> int:
    """Take away all that is kept of them, on each account; how many rows.

    Raises CannotError as above, and when a legal hold stands against one of them, before anything
    goes; RuntimeError within a transaction. What died half way is done again from the start.
    """
    access.require(actor, access.PRIVACY)
    ready(request, Kind.ERASURE)
    try:
        rows = sum(_erased(people(request), f"advisor {actor.public_id}", _why(request)))
    except HeldError as error:
        raise CannotError(str(error)) from None
    with transaction.atomic():
        _tell(_marked(request, "erased_at"), actor, "erased what is kept of a person")
    request.refresh_from_db()
    return rows


def silence(request: RightsRequest, actor: Advisor) -> None:
    """Keep nothing more of what they say that is not said to us. Raises CannotError as above."""
    access.require(actor, access.PRIVACY)
    ready(request, Kind.OBJECTION)
    with transaction.atomic():
        for one in people(request):
            objections.add(one, actor)
        _tell(_marked(request, "silenced_at"), actor, "listens to a person no more")
    request.refresh_from_db()


def is_silenced(request: RightsRequest) -> bool:
    """Whether we keep nothing of what they say about us, on any of their accounts."""
    return bool(objections.of(people(request)))


def hear_again(request: RightsRequest, actor: Advisor) -> None:
    """They take their objection back. Raises CannotError when none stands."""
    access.require(actor, access.PRIVACY)
    if request.kind != Kind.OBJECTION or not is_silenced(request):
        raise CannotError(_("No objection of this person stands."))
    with transaction.atomic():
        for one in people(request):
            objections.end(one)
        _tell(request, actor, "listens to a person again")


def person(request: RightsRequest) -> Person:
    """Who asks, as the channel they asked on calls them."""
    return accounts.person(request.conversation)


def people(request: RightsRequest) -> list[Person]:
    """The same on each channel and account that the request is about, each once."""
    also = request.accounts.select_related("conversation__person").order_by("pk")
    found = [person(request), *(accounts.person(one.conversation) for one in also)]
    return list(dict.fromkeys(found))


def _erased(people: list[Person], actor: str, why: str) -> Iterator[int]:
    for one in people:
        holds.require_none(one)
    for one in people:
        yield sum(rights.erase(one, actor, why, tidy_after=one == people[-1]).values())


def ready(request: RightsRequest, kind: Kind) -> None:
    """Raises CannotError unless this is what they asked for, and they have shown who they are."""
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
