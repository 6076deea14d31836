"""Who did what, newest first."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rejoinder.team import access
from rejoinder.team.models import AuditLine
from rejoinder.web.frame.acting import actor, needs
from rejoinder.web.frame.pages import Position, position

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
    values = {"lines": [(line, _talk(line, request)) for line in shown], "older": older}
    return render(request, "audit.html", values)


def _talk(line: AuditLine, request: HttpRequest) -> str:
    """Where the conversation is that a line is about, for those who may read it."""
    if not access.may(actor(request), access.READ):
        return ""
    try:
        return reverse("conversation", args=[UUID(line.what)])
    except ValueError:
        return ""
