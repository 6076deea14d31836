"""When the organisation is there for people: as a lead wrote it, or else as the rota says."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, OpeningHours, Organisation
from rejoinder.team.rota import actions, duty, shifts
from rejoinder.team.rota.shifts import Works


@dataclass(frozen=True, slots=True)
class Opening:
    """At a moment. `next` is when it opens again: None while it is open, or where nobody knows."""

    is_kept: bool
    is_open: bool
    next: datetime | None = None


def opening(at: datetime | None = None) -> Opening:
    """At this moment, or now; open for ever while neither hours nor a rota are kept."""
    moment, everybody = at or clock.now(), works()
    if not duty.is_kept(everybody):
        return Opening(is_kept=False, is_open=True)
    if shifts.on_duty(everybody, moment):
        return Opening(is_kept=True, is_open=True)
    return Opening(
        is_kept=True, is_open=False, next=shifts.next_shift(everybody, moment, duty.AHEAD)
    )


def works() -> list[Works]:
    """The hours of the house as the rules take them: one worker that never sleeps, or the team."""
    row = standing()
    return duty.works() if row is None else [duty.house(row, _zone())]


def standing() -> OpeningHours | None:
    """What a lead wrote; None while the rota says when somebody is there."""
    return OpeningHours.objects.filter(ended_at=None).select_related("written_by").first()


def set_hours(actor: Advisor, typed: str, place: str = "") -> OpeningHours:
    """The house is open so from now on. Raises CannotChangeRotaError."""
    access.require(actor, access.STEER)
    week, now = actions.week_of(typed), clock.now()
    actions.check_place(place)
    with transaction.atomic():
        OpeningHours.objects.filter(ended_at=None).update(ended_at=now)
        row = OpeningHours.objects.create(week=week, place=place, written_by=actor, written_at=now)
        audit.line(actor, "wrote the opening hours", typed.strip())
    return row


def follow_rota(actor: Advisor) -> None:
    """It is open whenever somebody is on duty."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if OpeningHours.objects.filter(ended_at=None).update(ended_at=clock.now()):
            audit.line(actor, "lets the rota say the opening hours", "opening hours")


def _zone() -> str:
    return (Organisation.objects.first() or Organisation()).time_zone
