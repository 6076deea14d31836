"""Who did what, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.team import access
from rejoinder.team.models import AuditLine
from rejoinder.web.acting import needs
from rejoinder.web.pages import Position, position

SIZE = 100


@require_GET
@needs(access.AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """A page of audit lines; `before` goes on where the last page ended."""
    lines = AuditLine.objects.select_related("actor").order_by("-at", "-id")
    if before := position(request):
        lines = lines.filter(at__lte=before.at).exclude(at=before.at, id__gte=before.id)
    found = list(lines[: SIZE + 1])
    shown = found[:SIZE]
    older = Position(shown[-1].at, shown[-1].id) if len(found) > SIZE else None
    return render(request, "audit.html", {"lines": shown, "older": older})
