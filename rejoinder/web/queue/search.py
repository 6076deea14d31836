"""Searching what was heard, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.listening.store import search as heard
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, number, typed

LONGEST = 200  # characters; nobody types more, and a page address stays short


@require_GET
@needs(access.READ)
def search(request: HttpRequest) -> HttpResponse:
    """Mentions that hold all the words; `before` goes on where the last page ended."""
    asked = typed(request.GET, "words").strip()[:LONGEST]
    found = heard.search(actor(request), asked, before=number(request, "before"))
    values = {"words": asked, "found": found.mentions, "older": found.older}
    return render(request, "search.html", values)
