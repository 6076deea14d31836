"""At the desk: asking for a draft by the machine, and which machine is asked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.machine import choosing, drafting
from rejoinder.desk.models import Draft
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, say, typed


def shown(talk: Conversation, reader: Advisor, draft: Draft | None) -> dict[str, Any]:
    """What the reply box shows: the button while the box is empty, the mark while it is not."""
    written = bool(draft and draft.text.strip())
    may = not written and drafting.may_ask(talk, reader, choosing.current())
    return {
        "may_ask_machine": may,
        "by_machine": draft.machine_at if draft and written else None,
    }


@require_POST
@needs(access.ANSWER)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The machine's words in the box, for a person to read."""
    talk = find(actor(request), public_id)
    try:
        drafting.draft(talk, actor(request))
    except CannotError as error:
        say(request, error)
    return redirect("conversation", public_id)


@require_GET
@needs(access.CONNECT)
def setting(request: HttpRequest) -> HttpResponse:
    """Which machine drafts, if any."""
    return render(request, "machine/setting.html", {"machine": choosing.current()})


@sensitive_post_parameters("key")
@require_POST
@needs(access.CONNECT)
def choose(request: HttpRequest) -> HttpResponse:
    """Ask there."""
    url, model, key = (typed(request.POST, name) for name in ("url", "model", "key"))
    try:
        choosing.choose(actor(request), url, model, key, x_approved="x" in request.POST)
    except CannotError as error:
        say(request, error)
    return redirect("drafting-machine")


@require_POST
@needs(access.CONNECT)
def end(request: HttpRequest) -> HttpResponse:
    """Ask nobody."""
    choosing.end(actor(request))
    return redirect("drafting-machine")
