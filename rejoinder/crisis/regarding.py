"""Incidents and the crisis they are part of: linked by hand, and the timeline follows notices."""

from django.db import transaction

from rejoinder.answers.models import Answer
from rejoinder.crisis.models import Crisis, Did, Kind, Regarding
from rejoinder.crisis.timeline.writing import write
from rejoinder.plumbing import clock
from rejoinder.privacy.incidents import registering
from rejoinder.privacy.incidents.rules import Duty
from rejoinder.privacy.models import Incident, IncidentNotice
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def of(incident: Incident) -> Regarding | None:
    """What an incident is linked to."""
    rows = Regarding.objects.select_related("crisis", "answer")
    return rows.filter(incident=incident).first()


def link(
    incident: Incident, actor: Advisor, crisis: Crisis | None, answer: Answer | None
) -> Regarding:
    """Link it to these from now on; None unlinks. An open crisis writes it down.

    Raises CannotError of the register when the incident is closed.
    """
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = registering.locked(incident)
        before = of(row)
        values = {"crisis": crisis, "answer": answer, "at": clock.now(), "by": actor}
        made, _ = Regarding.objects.update_or_create(incident=row, defaults=values)
        audit.line(actor, "linked an incident", row.name, crisis=str(crisis or ""))
        if crisis and crisis.stood_down_at is None and crisis != (before and before.crisis):
            write(crisis, Kind.KNOWN, actor, did=Did.INCIDENT, words=row.name)
    return made


def after(notice: IncidentNotice, duty: Duty) -> None:
    """A regulator was told: the crisis it belongs to says so."""
    found = of(notice.incident)
    if found is None or found.crisis is None or found.crisis.stood_down_at is not None:
        return
    write(
        found.crisis,
        Kind.DONE,
        notice.by,
        did=Did.REGULATOR,
        words=duty.rule.law,
        at=notice.sent_at,
        whom=duty.rule.whom,
    )
