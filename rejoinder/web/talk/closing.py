"""Reasons for closing, and when it is asked whether it worked."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import reasons as kept
from rejoinder.desk.models import CloseReason
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, say, typed

DAYS = (1, 3, 7)


def reasons() -> list[str]:
    """What is offered: the list of the leads, or the desk's own while there is none."""
    return [each.name for each in kept.listed()] or [
        _("Answered elsewhere"),
        _("Nothing to answer"),
        _("Thanks or praise"),
        _("Not about us"),
        _("Spam"),
    ]


def choices() -> list[tuple[str, str]]:
    """After how many days it is asked whether it worked."""
    labels = {1: _("Ask tomorrow"), 3: _("Ask in three days"), 7: _("Ask in a week")}
    return [(str(days), labels[days]) for days in DAYS]


def ask_at(chosen: str) -> datetime | None:
    """The moment of a choice; None for not asking."""
    days = {str(each): each for each in DAYS}.get(chosen)
    return clock.now() + timedelta(days=days) if days else None


@require_GET
@needs(access.READ)
def listed(request: HttpRequest) -> HttpResponse:
    """The list."""
    values = {
        "kept": kept.listed(),
        "offered": reasons(),
        "may_keep": kept.may_keep(actor(request)),
    }
    return render(request, "close_reasons.html", values)


@require_POST
@needs(access.STEER)
def keep(request: HttpRequest) -> HttpResponse:
    """Offer another."""
    try:
        kept.keep(actor(request), typed(request.POST, "name"))
    except CannotError as error:
        say(request, error)
    return redirect("close-reasons")


@require_POST
@needs(access.STEER)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Offer it no more."""
    kept.remove(actor(request), get_object_or_404(CloseReason, pk=number))
    return redirect("close-reasons")
