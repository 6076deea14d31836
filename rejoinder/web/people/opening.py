"""Opening hours, and what the desk says by itself outside them."""

from django.conf import settings as django
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.acknowledging import settings, words
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.team.models import OpeningHours
from rejoinder.team.rota import duty
from rejoinder.team.rota import opening as house
from rejoinder.team.rota.actions import CannotChangeRotaError
from rejoinder.team.rota.week import written
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.people.rota import day_names
from rejoinder.web.public import hours


@require_GET
@needs(access.READ)
def opening(request: HttpRequest) -> HttpResponse:
    """What stands, and the forms of who may change it."""
    return _page(request, QueryDict())


@require_POST
@needs(access.STEER)
def set_hours(request: HttpRequest) -> HttpResponse:
    """The house is open so from now on."""
    given = request.POST
    try:
        place = typed(given, "place").strip().upper()
        house.set_hours(actor(request), typed(given, "hours"), place)
    except CannotChangeRotaError as error:
        say(request, error)
        return _page(request, given, 422)
    messages.success(request, _("The opening hours are written."))
    return redirect("opening")


@require_POST
@needs(access.STEER)
def follow_rota(request: HttpRequest) -> HttpResponse:
    """Open whenever somebody is on duty."""
    house.follow_rota(actor(request))
    return redirect("opening")


@require_POST
@needs(access.STEER)
def begin(request: HttpRequest) -> HttpResponse:
    """Say this by itself from now on."""
    texts = {code: typed(request.POST, f"text-{code}") for code, _name in _languages()}
    try:
        settings.begin(actor(request), texts)
    except CannotError as error:
        say(request, error)
        return _page(request, request.POST, 422)
    messages.success(request, _("Who writes privately while nobody is there is told so."))
    return redirect("opening")


@require_POST
@needs(access.STEER)
def end(request: HttpRequest) -> HttpResponse:
    """Say nothing by itself any more."""
    settings.end(actor(request))
    return redirect("opening")


def _page(request: HttpRequest, given: QueryDict, status: int = 200) -> HttpResponse:
    row, kept = house.standing() or OpeningHours(), settings.standing()
    texts = kept.texts if kept else words.USUAL
    values = {
        "sentences": hours.sentences(),
        "row": row if row.pk else None,
        "hours": given.get("hours", written(duty.week(row), day_names())),
        "place": given.get("place", row.place),
        "kept": kept,
        "lapsed": kept is not None and not settings.may_set(kept.began_by),
        "texts": [
            (code, name, given.get(f"text-{code}", texts.get(code, "")))
            for code, name in _languages()
        ],
        "may_set": settings.may_set(actor(request)),
    }
    return render(request, "opening.html", values, status=status)


def _languages() -> list[tuple[str, str]]:
    return [(words.short(code), name) for code, name in django.LANGUAGES]
