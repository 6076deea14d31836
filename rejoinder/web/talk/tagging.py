"""Tags of a conversation, and the organisation's list of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import tags
from rejoinder.desk.models import Tag
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, say, typed


def shown(talk: Conversation) -> dict[str, Any]:
    """What it carries, and what may be put on it."""
    carried = tags.on([talk]).get(talk.pk, [])
    return {"tags": carried, "all_tags": [each for each in tags.listed() if each not in carried]}


@require_POST
@needs(access.DRAFT)
def put(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a tag of the list on it."""
    talk = find(actor(request), public_id)
    try:
        tags.put(talk, actor(request), typed(request.POST, "tag"))
    except CannotError as error:
        say(request, error)
    return redirect("conversation", public_id)


@require_POST
@needs(access.DRAFT)
def take_away(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Take a tag off it."""
    talk = find(actor(request), public_id)
    tags.take_away(talk, actor(request), get_object_or_404(Tag, pk=number))
    return redirect("conversation", public_id)


@require_GET
@needs(access.READ)
def listed(request: HttpRequest) -> HttpResponse:
    """The list, with how many conversations carry each."""
    values = {"tags": tags.counted(), "may_keep": tags.may_keep(actor(request))}
    return render(request, "tags.html", values)


@require_POST
@needs(access.STEER)
def keep(request: HttpRequest, number: int = 0) -> HttpResponse:
    """A new one, or another name for one; the name of another makes the two one."""
    row = get_object_or_404(Tag, pk=number) if number else None
    try:
        tags.keep(actor(request), typed(request.POST, "name"), row)
    except CannotError as error:
        say(request, error)
    return redirect("tags")


@require_POST
@needs(access.STEER)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Off the list."""
    tags.remove(actor(request), get_object_or_404(Tag, pk=number))
    return redirect("tags")
