"""The page on which a sent reply is changed or taken back, with what it said before."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.channels import registry
from rejoinder.desk import amending
from rejoinder.desk.refusals import CannotError, GuardedError
from rejoinder.outbox import amendment
from rejoinder.outbox.models import Amendment, Reply
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, typed
from rejoinder.web.reply import amended


@require_GET
@needs(access.ANSWER)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What it says, what it said, and what may be done about it."""
    return _page(request, _find(request, public_id))


@require_POST
@needs(access.ANSWER)
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Other words where it stands."""
    text, why = typed(request.POST, "text"), typed(request.POST, "why")
    past = "past" in request.POST
    return _done(
        request,
        public_id,
        lambda reply: amending.edit(reply, actor(request), text, why, past=past),
    )


@require_POST
@needs(access.ANSWER)
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Off the platform, once it was said twice that it shall."""

    def act(reply: Reply) -> Amendment:
        if "sure" not in request.POST:
            raise CannotError(_("Tick that it shall go: it cannot be put back."))
        return amending.take_back(reply, actor(request), typed(request.POST, "why"))

    return _done(request, public_id, act)


def _done(request: HttpRequest, public_id: UUID, act: Callable[[Reply], Amendment]) -> HttpResponse:
    reply = _find(request, public_id)
    try:
        act(reply)
    except CannotError as error:
        return _page(request, reply, error)
    return redirect("conversation", reply.conversation.public_id)


def _page(request: HttpRequest, reply: Reply, error: CannotError | None = None) -> HttpResponse:
    channel = registry.channels().get(reply.account.channel)
    may = amendment.may_amend(reply, actor(request))
    open_to_change = may and not amendment.under_way(reply) and not amendment.gone_at(reply)
    values = {
        "reply": reply,
        "error": error,
        "guarded": isinstance(error, GuardedError),
        "text": typed(request.POST, "text") or reply.text,
        "why": typed(request.POST, "why"),
        "may_edit": open_to_change and channel is not None and channel.can.edit,
        "may_take_back": open_to_change and channel is not None and channel.can.delete,
        "fate": amended.of([reply])[reply.pk],
        "mine": may,
    }
    return render(request, "change_reply.html", values, status=422 if error else 200)


def _find(request: HttpRequest, public_id: UUID) -> Reply:
    rows = Reply.objects.select_related(
        "conversation__person", "account", "advisor", "mention__person"
    )
    return get_object_or_404(access.visible(actor(request), rows), public_id=public_id)
