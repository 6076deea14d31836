"""Saved replies: kept by those who steer, found and used from the reply box."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk import saved, wording
from rejoinder.desk.models import SavedReply
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.reply import writing


@require_GET
@needs(access.READ)
def saved_replies(request: HttpRequest) -> HttpResponse:
    """All of them."""
    values = {
        "replies": SavedReply.objects.select_related("changed_by").order_by("name"),
        "variables": wording.VARIABLES.items(),
        "may_keep": saved.may_keep(actor(request)),
        "typed_name": request.GET.get("name", ""),
    }
    return render(request, "saved.html", values)


@require_POST
@needs(access.STEER)
def keep(request: HttpRequest, number: int = 0) -> HttpResponse:
    """A new one, or an old one anew."""
    row = get_object_or_404(SavedReply, pk=number) if number else None
    try:
        saved.keep(actor(request), typed(request.POST, "name"), typed(request.POST, "text"), row)
    except CannotError as error:
        say(request, error)
    return redirect("saved-replies")


@require_POST
@needs(access.STEER)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Keep it no more."""
    saved.remove(actor(request), get_object_or_404(SavedReply, pk=number))
    return redirect("saved-replies")


@require_GET
@needs(access.DRAFT)
def choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Those that have the words, to be put into this conversation's reply."""
    talk, words = find(actor(request), public_id), request.GET.get("words", "")
    values = {"talk": talk, "words": words, "replies": saved.find(words)[: writing.SAVED_SHOWN]}
    return render(request, "choose_saved.html", values)


@require_POST
@needs(access.DRAFT)
def use(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Put it behind what is written so far; a script asks for the words alone."""
    talk, me = find(actor(request), public_id), actor(request)
    words = saved.use(get_object_or_404(SavedReply, pk=number), talk, me, link(talk))
    if request.headers.get("Accept") == "text/plain":
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    desk.add_to_draft(talk, me, words)
    return redirect("conversation", public_id)


def link(talk: Conversation) -> str:
    """The short link of the answer to what they ask, if there is one."""
    suggested = writing.suggested(talk)
    return suggested.link if suggested else ""
