"""One page with five steps; each can be done here, later, or in its own room."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings as django
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.channels import registry
from rejoinder.listening import watches
from rejoinder.listening.watch.parse import LONGEST, ParseError
from rejoinder.plumbing.config import config
from rejoinder.team import access, names, organisation
from rejoinder.team import actions as team
from rejoinder.team.models import Advisor, Role
from rejoinder.team.organisation import CannotChangeOrganisationError
from rejoinder.team.rota import opening
from rejoinder.team.rota.actions import CannotChangeRotaError
from rejoinder.web.frame.acting import actor, needs, typed
from rejoinder.web.frame.words import role_labels
from rejoinder.web.hearing.watch_words import sentence
from rejoinder.web.people.sign_in import time_zones
from rejoinder.web.setup import brand
from rejoinder.web.setup.steps import steps

Given = Mapping[str, str]
INVITED = (Role.ADVISOR, Role.LEAD, Role.TRAINEE, Role.AUDITOR)


@require_GET
@needs(access.CONNECT)
def setup(request: HttpRequest) -> HttpResponse:
    """Where it stands; the first step that is not done is open."""
    return _page(request)


@require_POST
@needs(access.CONNECT)
def set_organisation(request: HttpRequest) -> HttpResponse:
    """Name, clock, language."""
    given = {name: typed(request.POST, name) for name in ("name", "time_zone", "language")}
    try:
        organisation.change(actor(request), **given)
    except CannotChangeOrganisationError as error:
        return _page(request, "organisation", str(error), given)
    return redirect("setup")


@require_POST
@never_cache
@needs(access.PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """Everybody who is named gets a link; the links stand on the page that answers, once."""
    given = {name: typed(request.POST, name) for name in ("people", "role")}
    role = given["role"] if given["role"] in INVITED else Role.ADVISOR
    found, wrong = names.read(given["people"])
    links: list[tuple[Advisor, str]] = []
    for one in found:
        try:
            validate_email(one.email)
            links.append(team.invite(actor(request), name=one.name, email=one.email, role=role))
        except (team.CannotChangeTeamError, ValidationError):
            wrong.append(f"{one.name} <{one.email}>")
    if not links:
        words = _("Nobody new is named there. Write one to a line: Alice Kay <alice@example.com>")
        return _page(request, "people", words, given)
    return render(request, "setup/invited.html", {"links": links, "wrong": wrong})


@require_POST
@needs(access.STEER)
def set_hours(request: HttpRequest) -> HttpResponse:
    """When the house is open."""
    given = {name: typed(request.POST, name) for name in ("hours", "place")}
    if not given["hours"].strip():
        return _page(
            request, "hours", _("Write when the house is open, or leave it for later."), given
        )
    try:
        opening.set_hours(actor(request), given["hours"], given["place"].strip().upper())
    except CannotChangeRotaError as error:
        return _page(request, "hours", str(error), given)
    return redirect("setup")


@require_POST
@needs(access.STEER)
def set_watch(request: HttpRequest) -> HttpResponse:
    """The first watch: the name as people write it when they do not write to us."""
    given = {"words": typed(request.POST, "words")[:LONGEST]}
    name = organisation.standing().name or _("Our name")
    try:
        watches.write(actor(request), None, name, given["words"], None)
    except ParseError as mistake:
        return _page(request, "watches", sentence(mistake), given)
    return redirect("setup")


@require_POST
@needs(access.CONNECT)
def finish(request: HttpRequest) -> HttpResponse:
    """Enough: what is left can be done in its own room."""
    organisation.finish(actor(request))
    messages.success(request, _("The desk is set up. What is left stands in its own room."))
    return redirect("inbox")


def _page(
    request: HttpRequest, at: str = "", wrong: str = "", given: Given | None = None
) -> HttpResponse:
    standing, house = steps(), organisation.standing()
    first = next((step.name for step in standing if not step.done), "")
    values: dict[str, Any] = {
        "steps": standing,
        "done": sum(step.done for step in standing),
        "open": at or first,
        "wrong": wrong,
        "house": house,
        "zones": time_zones(),
        "languages": django.LANGUAGES,
        "kinds": _kinds(),
        "roles": [(role, role_labels()[role]) for role in INVITED],
        "proposed": brand.proposed(house.name),
        "given": given or {},
    }
    return render(request, "setup/setup.html", values, status=422 if wrong else 200)


def _kinds() -> list[tuple[str, str]]:
    """What can be connected; a pretence only where people practise."""
    found = registry.channels().values()
    return [(each.name, each.label) for each in found if config().demo or not each.practice]
