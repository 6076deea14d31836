"""At the desk: asking the customer system, and which system is asked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.panel import asking, system
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed


def shown(talk: Conversation, reader: Advisor) -> dict[str, Any]:
    """What the conversation's page offers."""
    return {"may_ask_customer": asking.may_ask(talk, reader)}


@require_POST
@never_cache
@needs(access.OPEN)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Shown once, on the page that answers, and kept nowhere."""
    talk = find(actor(request), public_id)
    try:
        known = asking.ask(talk, actor(request))
    except CannotError as error:
        say(request, error)
        return redirect("conversation", public_id)
    values = {"talk": talk, "known": known, "proof": asking.proof(talk)}
    return render(request, "panel/customer.html", values)


@require_GET
@needs(access.CONNECT)
def setting(request: HttpRequest) -> HttpResponse:
    """Which system is asked."""
    return _setting(request)


@require_POST
@never_cache
@needs(access.CONNECT)
def connect(request: HttpRequest) -> HttpResponse:
    """Ask there; the secret is on the page that answers, once, and nowhere else."""
    try:
        secret = system.connect(actor(request), typed(request.POST, "url"))
    except CannotError as error:
        say(request, error)
        return redirect("customer-system")
    return _setting(request, secret)


@require_POST
@needs(access.CONNECT)
def disconnect(request: HttpRequest) -> HttpResponse:
    """Ask nobody."""
    system.disconnect(actor(request))
    return redirect("customer-system")


def _setting(request: HttpRequest, secret: str = "") -> HttpResponse:
    values = {"system": system.current(), "secret": secret}
    return render(request, "panel/setting.html", values)
