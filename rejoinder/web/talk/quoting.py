"""Praise, asking before it is quoted, and what may be quoted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.models import Quote
from rejoinder.desk.quotes import asking, listed
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Mention
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, find, needs, number, say, typed


@require_GET
@needs(access.READ)
def praise(request: HttpRequest) -> HttpResponse:
    """What may be quoted, then what people praise, newest first."""
    before = number(request, "before")
    page, older = listed.praise(actor(request), before)
    values = {
        "praise": page,
        "older": older,
        "quotable": listed.quotable(actor(request)) if before is None else [],
        "may_ask": access.may(actor(request), access.ANSWER),
    }
    return render(request, "quotes/praise.html", values)


@require_POST
@needs(access.ANSWER)
def ask(request: HttpRequest, mention: int) -> HttpResponse:
    """The conversation opens with the question behind the draft."""
    rows = access.visible(actor(request), Mention.objects.select_related("conversation__person"))
    row = get_object_or_404(rows, pk=mention)
    words, place = typed(request.POST, "words"), typed(request.POST, "place")
    try:
        talk = asking.ask(row, actor(request), words, place)
    except CannotError as error:
        say(request, error)
        return redirect("praise")
    return redirect("conversation", talk.public_id)


@require_POST
@needs(access.ANSWER)
def heard(request: HttpRequest, public_id: UUID, quote: int) -> HttpResponse:
    """Yes, no, or taken back."""
    talk = find(actor(request), public_id)
    row = get_object_or_404(Quote.objects.filter(conversation=talk), pk=quote)
    try:
        answer, signed = typed(request.POST, "answer"), typed(request.POST, "signed")
        asking.heard(row, actor(request), answer, signed)
    except CannotError as error:
        say(request, error)
    return redirect("conversation", public_id)
