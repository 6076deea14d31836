"""Bringing in the waits of a telephone line that another system answers, and taking them out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rejoinder.reporting.lines import keeping
from rejoinder.reporting.lines.read import BadLinesError
from rejoinder.reporting.models import LineImport
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed

LARGEST = 20_000_000  # bytes; larger ones are brought in by the command


@require_POST
@needs(access.STEER)
def bring(request: HttpRequest) -> HttpResponse:
    """All calls of a file, or none."""
    file = request.FILES.get("calls")
    try:
        if file is None or (file.size or 0) > LARGEST:
            raise BadLinesError(_("Choose a CSV file, 20 MB at most."))
        row = keeping.bring_in(actor(request), typed(request.POST, "line"), file.read())
    except BadLinesError as error:
        say(request, error)
    else:
        said = ngettext("%(n)s call was brought in.", "%(n)s calls were brought in.", row.calls)
        messages.success(request, said % {"n": words.figure(row.calls)})
    return redirect("reports")


@require_POST
@needs(access.STEER)
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """It was the wrong file."""
    keeping.take_out(get_object_or_404(LineImport, pk=number), actor(request))
    messages.success(request, _("Its calls are gone from the reports."))
    return redirect("reports")
