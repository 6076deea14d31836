"""Searching what was heard, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.desk import tags
from rejoinder.desk.models import Tag
from rejoinder.listening.store import search as heard
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, number, typed

LONGEST = 200  # characters; nobody types more, and a page address stays short


@require_GET
@needs(access.READ)
def search(request: HttpRequest) -> HttpResponse:
    """Mentions that hold all the words, of a tag if one is chosen; `before` goes on from there."""
    asked = typed(request.GET, "words").strip()[:LONGEST]
    tag = Tag.objects.filter(pk=number(request, "tag") or 0).first()
    before = number(request, "before")
    found = (
        tags.find(actor(request), asked, tag, before)
        if tag
        else heard.search(actor(request), asked, before=before)
    )
    values = {
        "words": asked,
        "searched": asked,
        "found": found.mentions,
        "older": found.older,
        "tag": tag,
        "all_tags": tags.listed(),
    }
    return render(request, "search.html", values)
