"""What the desk is connected to, by owners: accounts, the house's own systems, webhooks."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.budget import correct as budget
from rejoinder.channels import actions as channels
from rejoinder.channels.models import Account
from rejoinder.desk import cosign
from rejoinder.desk.identity import system as identity
from rejoinder.desk.machine import choosing as machine
from rejoinder.desk.panel import system as customers
from rejoinder.desk.tickets import systems as tickets
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Hook
from rejoinder.team.notify import hooks

router = Router(tags=["systems"])


class Address(Schema):
    """Where it is, as an address with https."""

    url: str = Field(min_length=1, max_length=500)


class Secret(shapes.Done):
    """What both sign with: in the first answer, and nowhere else."""

    secret: str = ""


class NewHook(shapes.Numbered):
    """The number of a webhook; `secret` only in the first answer, and nowhere else."""

    secret: str = ""


class Ticketing(Address):
    """The queue there, and a token of a user there."""

    queue: str = Field(max_length=100)
    token: str = Field(max_length=500)
    user: str = Field("", max_length=100)


class Machine(Address):
    """An endpoint that speaks as OpenAI's does; `x_approved`: X agreed to it in writing."""

    model: str = Field(min_length=1, max_length=100)
    key: str = Field("", max_length=500)
    x_approved: bool = False


class Signing(Schema):
    """Whether replies end with the sign of whoever wrote them."""

    signs: bool


class Cap(Schema):
    """What a limit allows, as somebody read it on the platform."""

    name: str = Field(max_length=60)
    cap: float = Field(ge=0, le=1_000_000_000)


@router.post("/accounts/{id}/disconnect", response=shapes.Written, operation_id="disconnect")
def disconnect(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Stop hearing an account, and forget its credentials."""

    def do(found: Account, me: Advisor) -> None:
        channels.disconnect(found, witness=lambda row: audit.line(me, "disconnected", row.handle))

    return _account(request, once, id, do)


@router.post("/accounts/{id}/cosign", response=shapes.Written, operation_id="cosign")
def switch_cosign(request: HttpRequest, id: UUID, given: Signing, once: Once) -> HttpResponse:  # noqa: A002
    """Whether replies of an account are signed."""
    return _account(
        request, once, id, lambda found, me: cosign.switch(me, found, signs=given.signs)
    )


@router.post("/accounts/{id}/limit", response=shapes.Written, operation_id="correct-limit")
def correct_limit(request: HttpRequest, id: UUID, given: Cap, once: Once) -> HttpResponse:  # noqa: A002
    """Somebody read another number on the platform, or wants to stay under it."""

    def do(found: Account, me: Advisor) -> None:
        try:
            budget.correct(found, me, given.name, given.cap)
        except ObjectDoesNotExist:
            raise Http404 from None

    return _account(request, once, id, do)


@router.post("/identity-system", response=Secret, operation_id="connect-identity")
def connect_identity(request: HttpRequest, given: Address, once: Once) -> HttpResponse:
    """Let the organisation's own system check who people are."""
    return changing.make_secretly(
        request, once, lambda me: ({"done": True}, {"secret": identity.connect(me, given.url)})
    )


@router.post("/identity-system/end", response=shapes.Done, operation_id="disconnect-identity")
def disconnect_identity(request: HttpRequest, once: Once) -> HttpResponse:
    """Ask nobody who people are."""
    return changing.act(request, once, identity.disconnect)


@router.post("/customer-system", response=Secret, operation_id="connect-customer")
def connect_customer(request: HttpRequest, given: Address, once: Once) -> HttpResponse:
    """Show what the customer system knows beside a conversation."""
    return changing.make_secretly(
        request, once, lambda me: ({"done": True}, {"secret": customers.connect(me, given.url)})
    )


@router.post("/customer-system/end", response=shapes.Done, operation_id="disconnect-customer")
def disconnect_customer(request: HttpRequest, once: Once) -> HttpResponse:
    """Ask it no more."""
    return changing.act(request, once, customers.disconnect)


@router.post("/ticket-system", response=shapes.Done, operation_id="connect-tickets")
def connect_tickets(request: HttpRequest, given: Ticketing, once: Once) -> HttpResponse:
    """Make tickets there."""
    return changing.act(
        request,
        once,
        lambda me: tickets.connect(me, given.url, given.queue, given.token, given.user),
    )


@router.post("/ticket-system/test", response=shapes.Done, operation_id="test-tickets")
def test_tickets(request: HttpRequest) -> dict[str, Any]:
    """See whether it answers; 409 with the reason when it does not."""
    tickets.test(actor(request))
    return {"done": True}


@router.post("/ticket-system/end", response=shapes.Done, operation_id="disconnect-tickets")
def disconnect_tickets(request: HttpRequest, once: Once) -> HttpResponse:
    """Make no more tickets there."""
    return changing.act(request, once, tickets.disconnect)


@router.post("/drafting-machine", response=shapes.Done, operation_id="choose-machine")
def choose_machine(request: HttpRequest, given: Machine, once: Once) -> HttpResponse:
    """Let this machine begin replies when somebody asks for it."""
    return changing.act(
        request,
        once,
        lambda me: machine.choose(
            me, given.url, given.model, given.key, x_approved=given.x_approved
        ),
    )


@router.post("/drafting-machine/end", response=shapes.Done, operation_id="end-machine")
def end_machine(request: HttpRequest, once: Once) -> HttpResponse:
    """Ask no machine."""
    return changing.act(request, once, machine.end)


@router.post("/webhooks", response=NewHook, operation_id="make-hook")
def make_hook(request: HttpRequest, given: Address, once: Once) -> HttpResponse:
    """Call this address when somebody has to be called."""

    def do(me: Advisor) -> tuple[dict[str, Any], dict[str, str]]:
        hook, secret = hooks.make(me, given.url)
        return {"id": hook.pk}, {"secret": secret}

    return changing.make_secretly(request, once, do)


@router.post("/webhooks/{number}/end", response=shapes.Done, operation_id="end-hook")
def end_hook(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Call it no more."""
    return changing.act(request, once, lambda me: hooks.end(get_object_or_404(Hook, pk=number), me))


def _account(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Account:
        access.require(me, access.CONNECT)
        found = get_object_or_404(Account, public_id=public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)
