"""How alarms are tuned, what was planned, and the alarm that nobody sees to yet."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.crisis.alarm import alarms, raising
from rejoinder.crisis.alarm.watching import watching
from rejoinder.crisis.models import Planned, Watching
from rejoinder.crisis.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.frame.moments import NoMomentError, as_moment, rounded_up, typed_moment
from rejoinder.web.people import rota


@dataclass(frozen=True, slots=True)
class Settings:
    """What is planned, how alarms are tuned, and what the reader may do."""

    on_duty: str
    planned: list[Planned]
    tuned: Watching
    may_plan: bool
    begins: str
    ends: str


def settings(reader: Advisor) -> Settings:
    """As they stand now."""
    soon = rounded_up(clock.now())
    return Settings(
        on_duty=rota.sentence(),
        planned=alarms.planned(),
        tuned=watching(),
        may_plan=alarms.may_plan(reader),
        begins=as_moment(soon),
        ends=as_moment(soon + timedelta(hours=2)),
    )


def calling() -> str:
    """The newest alarm that nobody sees to, for the frame of every page; empty without one."""
    found = raising.recent(clock.now())
    waiting = [one for one in found if not one.acknowledged_at and not one.planned]
    if not waiting:
        return ""
    return _("Alarm since %(at)s. Nobody sees to it yet.") % {"at": words.at(waiting[0].at)}


@require_POST
@needs(access.STEER)
def plan(request: HttpRequest) -> HttpResponse:
    """An event that will be talked about."""
    given = request.POST
    try:
        begins, ends = (typed_moment(typed(given, name)) for name in ("begins", "ends"))
        alarms.plan(actor(request), typed(given, "name"), begins, ends)
    except (CannotError, NoMomentError) as error:
        say(request, error)
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def call_off(request: HttpRequest, number: int) -> HttpResponse:
    """It does not take place, or is over."""
    alarms.call_off(get_object_or_404(Planned, pk=number), actor(request))
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def tune(request: HttpRequest) -> HttpResponse:
    """How many false alarms are bearable, and where the people live who write."""
    given = request.POST
    try:
        false_alarms = float(typed(given, "false_alarms"))
        zone, place = (typed(given, name).strip() for name in ("zone", "place"))
        alarms.tune(actor(request), false_alarms, zone, place.upper())
    except CannotError as error:
        say(request, error)
    except ValueError:
        say(request, CannotError(_("Write a number.")))
    return redirect("crisis")
