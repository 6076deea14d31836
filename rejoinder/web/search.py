"""Searching what was heard, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.listening.models import Mention
from rejoinder.team import access
from rejoinder.web.acting import actor, needs, typed
from rejoinder.web.pages import Position, position

SIZE = 50


@require_GET
@needs(access.READ)
def search(request: HttpRequest) -> HttpResponse:
    """Mentions that hold all the words; `before` goes on where the last page ended."""
    asked = typed(request.GET, "words").strip()[:200]
    rows = access.visible(actor(request), Mention.objects.filter(text__icontains=asked))
    rows = rows.select_related("person", "conversation").order_by("-created_at", "-id")
    if before := position(request):
        rows = rows.filter(created_at__lte=before.at).exclude(
            created_at=before.at, id__gte=before.id
        )
    found = list(rows[: SIZE + 1]) if asked else []
    shown = found[:SIZE]
    older = Position(shown[-1].created_at, shown[-1].pk) if len(found) > SIZE else None
    return render(request, "search.html", {"words": asked, "found": shown, "older": older})
