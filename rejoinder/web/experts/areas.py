"""Areas of the business and their experts, kept by those who steer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.experts import areas as kept
from rejoinder.desk.models import BusinessArea, Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.reporting.digest import choosing
from rejoinder.team import access
from rejoinder.team.notify import mail
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.frame.words import intent_labels

LISTED = ("billing", "outage", "coverage", "account", "device", "sales", "privacy", "churn")


@require_GET
@needs(access.READ)
def areas(request: HttpRequest) -> HttpResponse:
    """All of them, with their experts."""
    labels = intent_labels()
    digests = choosing.chosen()
    values = {
        "areas": [
            (each, [labels[one] for one in each.intents], digests.get(each.pk))
            for each in kept.kept()
        ],
        "weekdays": WEEKDAYS.items(),
        "hours": range(24),
        "intents": [(name, labels[name]) for name in LISTED],
        "languages": settings.LANGUAGES,
        "may_keep": kept.may_keep(actor(request)),
        "has_mail": mail.is_set_up(),
    }
    return render(request, "experts/areas.html", values)


@require_POST
@needs(access.STEER)
def keep(request: HttpRequest, number: int = 0) -> HttpResponse:
    """A new area, or an old one anew."""
    row = get_object_or_404(BusinessArea, pk=number) if number else None
    intents = request.POST.getlist("intents")
    try:
        kept.keep(actor(request), typed(request.POST, "name"), intents, row)
    except CannotError as error:
        say(request, error)
    return redirect("areas")


@require_POST
@needs(access.STEER)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Ask there no more."""
    kept.end(actor(request), get_object_or_404(BusinessArea, pk=number))
    return redirect("areas")


@require_POST
@needs(access.STEER)
def add_expert(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody who can be asked."""
    area = get_object_or_404(BusinessArea, pk=number, ended_at=None)
    given = [typed(request.POST, name) for name in ("name", "email")]
    spoken = typed(request.POST, "language")
    language = spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        kept.add_expert(actor(request), area, given[0], given[1], language)
    except CannotError as error:
        say(request, error)
    return redirect("areas")


@require_POST
@needs(access.STEER)
def remove_expert(request: HttpRequest, number: int) -> HttpResponse:
    """Ask them no more."""
    kept.remove_expert(actor(request), get_object_or_404(Expert, pk=number))
    return redirect("areas")
