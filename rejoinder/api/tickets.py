"""Tickets in another system: what a conversation has, making, linking and closing one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk.models import Ticket
from rejoinder.desk.tickets import asking, rules
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["tickets"])
_ALL = "/conversations/{id}/tickets"


class TicketStanding(Schema):
    """One ticket as far as the desk knows: `asked`, `sending`, `open`, `closed`, `unsure` (it may
    have been made there) or `failed`; `doing` is what is asked there next: `create`, `look`,
    `close` or nothing.
    """

    id: UUID
    state: str
    doing: str
    number: str
    url: str
    there: str
    trouble: str


class NewTicket(Schema):
    """What leaves the desk, with personal data hidden."""

    title: str = Field(min_length=1, max_length=rules.TITLE)
    text: str = Field(min_length=1, max_length=rules.TEXT)


class Number(Schema):
    """The number of a ticket that is there."""

    number: str = Field(max_length=13)


class Ended(Schema):
    """How it ended, for its staff."""

    words: str = Field(min_length=1, max_length=rules.WORDS)


@router.get(_ALL, response=list[TicketStanding], operation_id="tickets")
def listed(request: HttpRequest, id: UUID) -> list[dict[str, Any]]:  # noqa: A002
    """The tickets of a conversation, as they came."""
    access.require(actor(request), access.READ)
    return [_standing(row) for row in asking.of(shapes.find(actor(request), id))]


@router.post(_ALL, response=TicketStanding, operation_id="create-ticket")
def create(request: HttpRequest, id: UUID, given: NewTicket, once: Once) -> HttpResponse:  # noqa: A002
    """Ask for a new one; it is made in a moment."""
    me = actor(request)
    talk = shapes.find(me, id)
    return changing.once(
        request, once, lambda: _standing(asking.create(talk, me, given.title, given.text))
    )


@router.post(f"{_ALL}/link", response=TicketStanding, operation_id="link-ticket")
def link(request: HttpRequest, id: UUID, given: Number, once: Once) -> HttpResponse:  # noqa: A002
    """Link one that is there; whether it is, shows in a moment."""
    me = actor(request)
    talk = shapes.find(me, id)
    return changing.once(request, once, lambda: _standing(asking.link(talk, me, given.number)))


@router.post(_ALL + "/{ticket}/close", response=TicketStanding, operation_id="close-ticket")
def close(
    request: HttpRequest,
    id: UUID,  # noqa: A002
    ticket: UUID,
    given: Ended,
    once: Once,
) -> HttpResponse:
    """Close it there, in a moment."""
    return _asked(request, once, id, ticket, lambda row, me: asking.close(row, me, given.words))


@router.post(_ALL + "/{ticket}/look", response=TicketStanding, operation_id="look-ticket")
def look(request: HttpRequest, id: UUID, ticket: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """See how it stands there, in a moment."""
    return _asked(request, once, id, ticket, asking.look)


@router.post(_ALL + "/{ticket}/again", response=TicketStanding, operation_id="retry-ticket")
def again(request: HttpRequest, id: UUID, ticket: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Make one again that failed, or that somebody looked for there and did not find."""
    return _asked(request, once, id, ticket, asking.again)


@router.post(_ALL + "/{ticket}/off", response=shapes.Done, operation_id="take-off-ticket")
def take_off(request: HttpRequest, id: UUID, ticket: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Show it here no more; there it stays."""
    return changing.act(request, once, lambda me: asking.take_off(_find(me, id, ticket), me))


def _asked(
    request: HttpRequest, once: Any, public_id: UUID, ticket: UUID, act: Any
) -> HttpResponse:
    me = actor(request)
    return changing.once(request, once, lambda: _standing(act(_find(me, public_id, ticket), me)))


def _find(me: Advisor, public_id: UUID, ticket: UUID) -> Ticket:
    row = asking.find(shapes.find(me, public_id), ticket)
    if row is None:
        raise Http404
    return row


def _standing(row: Ticket) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "state": row.state,
        "doing": row.want,
        "number": row.number,
        "url": row.url,
        "there": row.there,
        "trouble": row.words,
    }
