"""What people do about alarms: see to one, plan an event, say how many false ones they bear."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.crisis.alarm.raising import about
from rejoinder.crisis.alarm.watching import watching
from rejoinder.crisis.models import Alarm, Planned, Watching
from rejoinder.crisis.refusals import CannotError
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit, holidays
from rejoinder.team.models import Advisor
from rejoinder.team.notify import calls

MOST_FALSE = 30.0  # a month


def may_acknowledge(actor: Advisor) -> bool:
    """Whoever answers."""
    return access.may(actor, access.ANSWER)


def acknowledge(alarm: Alarm, actor: Advisor) -> bool:
    """Say that one sees to it; False when somebody did before."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        free = Alarm.objects.filter(pk=alarm.pk, acknowledged_at=None)
        if not free.update(acknowledged_at=clock.now(), acknowledged_by=actor):
            return False
        calls.seen(about(alarm), actor)
        audit.line(actor, "acknowledged an alarm", alarm.public_id)
        live.changed(live.CRISIS)
    return True


def may_plan(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def plan(actor: Advisor, name: str, begins: datetime, ends: datetime) -> Planned:
    """Alarms that begin within this time are shown on the page of the crisis room alone."""
    access.require(actor, access.STEER)
    if not name.strip():
        raise CannotError(_("Give the event a name."))
    if not begins < ends:
        raise CannotError(_("An event ends after it begins."))
    with transaction.atomic():
        event = Planned.objects.create(name=name.strip()[:100], begins=begins, ends=ends, by=actor)
        audit.line(actor, "planned an event", event.pk, begins=str(begins), ends=str(ends))
        live.changed(live.CRISIS)
    return event


def call_off(event: Planned, actor: Advisor) -> None:
    """It does not take place, or is over: alarms are told again."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if Planned.objects.filter(pk=event.pk, ended_at=None).update(ended_at=clock.now()):
            audit.line(actor, "called off an event", event.pk)
            live.changed(live.CRISIS)


def planned() -> list[Planned]:
    """Events that go on or are to come."""
    coming = Planned.objects.filter(ends__gt=clock.now(), ended_at=None)
    return list(coming.select_related("by").order_by("begins"))


def tune(actor: Advisor, false_alarms: float, zone: str, place: str = "") -> None:
    """Bear so many false alarms a month; half-hours and holidays are of these."""
    access.require(actor, access.STEER)
    if not 0 < false_alarms <= MOST_FALSE:
        raise CannotError(_("False alarms a month are more than 0 and at most 30."))
    _known(zone)
    if not holidays.known(place):
        raise CannotError(_("No public holidays are known of this place. Write GB-ENG or DE-BY."))
    with transaction.atomic():
        row = Watching.objects.filter(pk=watching().pk)
        told = {"false_alarms": false_alarms, "zone": zone, "place": place}
        row.update(**told)
        audit.line(actor, "tuned alarms", "surge", **told)
        live.changed(live.CRISIS)


def _known(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CannotError(_("There is no time zone of this name.")) from error
