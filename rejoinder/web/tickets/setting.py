"""The owner's page: in which system tickets are made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tickets import systems
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed


@require_GET
@needs(access.CONNECT)
def setting(request: HttpRequest) -> HttpResponse:
    """Which system is connected."""
    return render(request, "tickets/setting.html", {"system": systems.current()})


@sensitive_post_parameters("token")
@require_POST
@needs(access.CONNECT)
def connect(request: HttpRequest) -> HttpResponse:
    """Connect one, and see whether it answers."""
    given = (typed(request.POST, name) for name in ("url", "queue", "token", "user"))
    try:
        systems.connect(actor(request), *given)
    except CannotError as error:
        say(request, error)
        return redirect("ticket-system")
    return _tested(request)


@require_POST
@needs(access.CONNECT)
def test(request: HttpRequest) -> HttpResponse:
    """See whether it answers."""
    return _tested(request)


@require_POST
@needs(access.CONNECT)
def disconnect(request: HttpRequest) -> HttpResponse:
    """Make no more tickets there."""
    systems.disconnect(actor(request))
    return redirect("ticket-system")


def _tested(request: HttpRequest) -> HttpResponse:
    try:
        systems.test(actor(request))
    except CannotError as error:
        say(request, error)
    else:
        messages.success(request, _("The ticket system answers, and the credentials are accepted."))
    return redirect("ticket-system")
