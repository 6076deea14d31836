"""A drill while it is played: its clock, its speed, how it goes, and at its end the report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.drill.play import control
from rejoinder.drill.play.control import Standing
from rejoinder.drill.report.page import POLICY
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, typed


@require_GET
@needs(access.READ)
def drill(request: HttpRequest) -> HttpResponse:
    """The page; only on a desk that plays one."""
    now = _standing()
    values = {
        "now": now,
        "so_far": control.so_far(),
        "speeds": control.SPEEDS,
        "may_steer": control.may_steer(actor(request)),
        "report": control.report() is not None,
    }
    return render(request, "drill.html", values)


@require_POST
@needs(access.STEER)
def speed(request: HttpRequest) -> HttpResponse:
    """Run faster or slower, or let the clock stand."""
    _standing()
    try:
        control.set_speed(actor(request), float(typed(request.POST, "speed")))
    except ValueError:
        messages.error(request, _("Choose one of the speeds."))
    return redirect("drill")


@require_POST
@needs(access.STEER)
def end(request: HttpRequest) -> HttpResponse:
    """The day is over now."""
    _standing()
    control.end(actor(request))
    messages.success(request, _("The day is over. Its report is being written."))
    return redirect("drill")


@require_GET
@needs(access.READ)
def report(request: HttpRequest) -> HttpResponse:
    """The day beside the same one without a plan, as one page to keep.

    Its style is its own, and it asks nothing of any network.
    """
    _standing()
    path = control.report()
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return response


def _standing() -> Standing:
    now = control.standing()
    if now is None:
        raise Http404
    return now
