"""One's own tokens: what programs may do for a colleague, and until when."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.plumbing.config import config
from rejoinder.team import access
from rejoinder.team import tokens as kept
from rejoinder.team.models import Advisor, ApiToken
from rejoinder.web.frame.acting import actor, say, typed


@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """Those that let a program in now; of everybody for whoever keeps the team."""
    return _page(request)


@require_POST
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    """A new one; its secret is on the page that answers, once, and nowhere else."""
    given = request.POST
    days = typed(given, "days")
    try:
        made, secret = kept.make(
            actor(request),
            typed(given, "name"),
            given.getlist("scope"),
            next((each for each in kept.DAYS if str(each) == days), 0),
        )
    except kept.CannotMakeError as error:
        say(request, error)
        return redirect("tokens")
    return _page(request, made=made, secret=secret)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It lets nobody in any more."""
    rows = _seen(actor(request))
    kept.end(actor(request), get_object_or_404(rows, pk=number))
    return redirect("tokens")


def _seen(reader: Advisor) -> QuerySet[ApiToken]:
    return kept.everybodys() if access.may(reader, access.PEOPLE) else kept.current(reader)


def _page(request: HttpRequest, **made: object) -> HttpResponse:
    me = actor(request)
    labels = scope_labels()
    mine = access.RIGHTS.get(me.role, frozenset())
    values = {
        "tokens": [
            (each, [labels[scope] for scope in each.scopes])
            for each in _seen(me).select_related("advisor")
        ],
        "scopes": [(right, label) for right, label in labels.items() if right in mine],
        "days": kept.DAYS,
        "url": f"{config().base_url}/api/v1/",
    }
    return render(request, "tokens.html", values | made)


def scope_labels() -> dict[str, str]:
    """Each right, in words."""
    return {
        access.READ: _("Read what people wrote"),
        access.DRAFT: _("Take, write drafts and notes, tag"),
        access.ANSWER: _("Send, hand over, close"),
        access.STEER: _("Take over, block, declare a crisis"),
        access.OPEN: _("Open what was masked, for a purpose"),
        access.PRIVACY: _("Keep incidents and what people ask for by their rights"),
        access.AUDIT: _("Read the audit"),
        access.CONNECT: _("Connect accounts and systems"),
        access.PEOPLE: _("Change the team"),
    }
