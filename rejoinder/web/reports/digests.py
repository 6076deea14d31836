"""Leads choosing who of an area hears of its themes, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from rejoinder.desk.models import BusinessArea, Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.reporting.digest import choosing
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_POST
@needs(access.STEER)
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """This expert, on this day at this hour; nobody, when none is chosen."""
    area = get_object_or_404(BusinessArea, pk=number, ended_at=None)
    given = typed(request.POST, "expert")
    if not given:
        choosing.stop(actor(request), area)
        return redirect("areas")
    try:
        choosing.choose(
            actor(request),
            area,
            get_object_or_404(Expert, pk=_number(given)),
            _number(typed(request.POST, "weekday")),
            _number(typed(request.POST, "hour")),
        )
    except CannotError as error:
        say(request, error)
    return redirect("areas")


def _number(given: str) -> int:
    """-1, which nothing has, for what is no number."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1
