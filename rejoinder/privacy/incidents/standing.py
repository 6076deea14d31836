"""How an incident stands: its clocks, whom of the people concerned were told, what is missing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from rejoinder.plumbing import clock
from rejoinder.privacy.incidents import clock as clocks
from rejoinder.privacy.incidents import closing, known
from rejoinder.privacy.incidents.closing import Lacks, State, Told
from rejoinder.privacy.incidents.rules import Duty, To
from rejoinder.privacy.models import Incident, IncidentNotice


class Clock(NamedTuple):
    """One duty, by when, and how it stands. `met_at` is when it was done, or called needless."""

    duty: Duty
    due_at: datetime | None
    met_at: datetime | None
    standing: clocks.Standing
    notices: Sequence[IncidentNotice]


class Picture(NamedTuple):
    """All of it. `at_least`: of some hours nobody knows who is concerned."""

    clocks: Sequence[Clock]
    told: Told
    at_least: bool
    lacks: Sequence[Lacks]
    until_told: timedelta | None


def picture(incident: Incident) -> Picture:
    """Read now."""
    now = incident.closed_at or clock.now()
    told = people(incident)
    found = [_clock(incident, duty, told, now) for duty in known.of(incident)]
    silent = [one.duty.rule.name for one in found if _silent(one)]
    return Picture(
        found,
        told,
        incident.lists.filter(at_least=True).exists(),
        closing.lacks(_state(incident, told, silent)),
        closing.until_told(incident.fixed_at, told, now),
    )


def lacking(incident: Incident) -> Sequence[Lacks]:
    """What is missing before it may be closed."""
    return picture(incident).lacks


def people(incident: Incident) -> Told:
    """How far the people concerned were told."""
    return closing.told(listed(incident), words(incident))


def listed(incident: Incident) -> set[str]:
    """Everybody who is on one of its lists."""
    return {name for one in incident.lists.all() for name in one.names()}


def words(incident: Incident) -> dict[str, datetime]:
    """Who was told, and when first."""
    found: dict[str, datetime] = {}
    for one in incident.told.order_by("at", "pk"):
        for name in one.names():
            found.setdefault(name, one.at)
    return found


def _clock(incident: Incident, duty: Duty, told: Told, now: datetime) -> Clock:
    due_at = known.due(duty, incident)
    notices = list(
        incident.notices.filter(rule=duty.rule.name).select_related("by").order_by("sent_at", "pk")
    )
    if duty.rule.to is To.REGULATOR:
        met_at = notices[0].sent_at if notices else None
    else:
        met_at = told.last_at if told.everybody else None
    return Clock(duty, due_at, met_at, clocks.standing(due_at, met_at, now), notices)


def _silent(one: Clock) -> bool:
    return one.duty.rule.to is To.REGULATOR and not one.notices


def _state(incident: Incident, told: Told, silent: Sequence[str]) -> State:
    return State(
        facts=incident.facts,
        effects=incident.effects,
        remedy=incident.remedy,
        fixed_at=incident.fixed_at,
        personal=incident.personal,
        told=told,
        why_not=incident.why_not_told,
        silent=silent,
    )
