"""How people on duty are called besides the desk: by e-mail, and by the organisation's webhooks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.team import access
from rejoinder.team.models import Call, Hook
from rejoinder.team.notify import hooks, mail, said
from rejoinder.team.notify.rules import ESCALATES
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.people import rota

SHOWN = 20


@require_GET
@needs(access.CONNECT)
def calling(request: HttpRequest) -> HttpResponse:
    """How people are called, and whom the last calls reached."""
    return _page(request)


@require_POST
@never_cache
@needs(access.CONNECT)
def make(request: HttpRequest) -> HttpResponse:
    """A new webhook; its secret is on the page that answers, once, and nowhere else."""
    try:
        hook, secret = hooks.make(actor(request), typed(request.POST, "url"))
    except hooks.CannotCallError as error:
        say(request, error)
        return redirect("calling")
    return _page(request, hook=hook, secret=secret)


@require_POST
@needs(access.CONNECT)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Call it no more."""
    hooks.end(get_object_or_404(Hook, pk=number), actor(request))
    messages.success(request, _("It is called no more."))
    return redirect("calling")


def _page(request: HttpRequest, **made: object) -> HttpResponse:
    calls = Call.objects.select_related("seen_by").prefetch_related(
        "deliveries__advisor", "deliveries__hook"
    )
    values = {
        "mails": mail.is_set_up(),
        "hooks": hooks.current(),
        "calls": [(each, said.of(each, get_language())) for each in calls.order_by("-at")[:SHOWN]],
        "minutes": int(ESCALATES.total_seconds() // 60),
        "header": hooks.HEADER,
        "on_duty": rota.sentence(),
    }
    return render(request, "calling.html", values | made)
