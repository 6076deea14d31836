"""Keeping what somebody said, and making the vault go by it.

A yes is written down before the vault opens by it, and the vault is shut before an end is written
down: whatever dies between the two, nothing opens that nobody agreed to.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy import vault
from rejoinder.privacy.consents import rules, words
from rejoinder.privacy.models import Cell, Consent
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.privacy.vault import Person, Place
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

JOB = "job consents"
EVERY = 600.0  # seconds between two looks for those that end
_ROUND = 500  # that are ended at once


class Said(NamedTuple):
    """What was asked of whom, and where their answer stands."""

    person: Person
    field: str
    purpose: str
    language: str
    last_day: date
    way: Consent.Way
    source: str
    yes: bool


def keep(said: Said, actor: Advisor) -> Consent:
    """Write down a yes or a no; a yes lets the vault open this contact for this purpose.

    A newer answer takes the place of an older one. Raises CannotError; RuntimeError within a
    transaction.
    """
    access.require(actor, access.ANSWER)
    place = _place(said)
    today = timezone.localdate(clock.now())
    if mistake := rules.wrong(said.purpose, today, said.last_day):
        raise _refused(mistake)
    for older in standing(said.person):
        if (older.field, older.purpose) == (said.field, said.purpose):
            end(older, actor, Consent.End.ANEW)
    try:
        row = _written(said, place, actor)
    except IntegrityError:
        raise CannotError(_("A colleague wrote one down in this moment. Look again.")) from None
    if said.yes:
        cell = Cell.objects.get(**place._asdict())
        _retag(place, rules.with_purpose(cell.purposes, said.purpose), actor, f"consent {row.pk}")
    return row


def end(row: Consent, actor: Advisor | None, why: Consent.End = Consent.End.WITHDRAWN) -> None:
    """It holds no more; without an actor its time is over. RuntimeError within a transaction."""
    if actor is not None:
        access.require(actor, access.ANSWER)
    place = Place(row.subject, row.field)
    cell = Cell.objects.filter(**place._asdict()).first()
    if cell is not None and row.purpose in cell.purposes.split(","):
        left = rules.without_purpose(cell.purposes, row.purpose)
        _retag(place, left, actor, f"consent {row.pk} {why}")
    with transaction.atomic():
        open_ = Consent.objects.filter(pk=row.pk, ended_at=None)
        if open_.update(ended_at=clock.now(), end=why, ended_by=actor):
            audit.line(actor, "ended a consent", row.purpose, consent=row.pk, why=why)


def end_due() -> int:
    """End those whose day is over; how many."""
    today = timezone.localdate(clock.now())
    due = Consent.objects.filter(ended_at=None, last_day__lt=today).order_by("last_day", "pk")
    rows = list(due[:_ROUND])
    for row in rows:
        end(row, None, Consent.End.OVER)
    return len(rows)


def standing(person: Person) -> Sequence[Consent]:
    """What somebody agreed to that holds, the newest first."""
    return [row for row in said_by(person) if row.ended_at is None]


def said_by(person: Person) -> Sequence[Consent]:
    """Everything they said, the newest first."""
    subject = vault.find([person]).get(person)
    rows = Consent.objects.filter(subject=subject or "-").select_related("by", "ended_by")
    return list(rows.order_by("-said_at", "-pk"))


def _place(said: Said) -> Place:
    subject = vault.find([said.person]).get(said.person, "")
    place = Place(subject, said.field)
    if not subject or not Cell.objects.filter(**place._asdict()).exists():
        raise CannotError(_("No contact of this kind is kept of them: nothing to agree to."))
    return place


def _written(said: Said, place: Place, actor: Advisor) -> Consent:
    now = clock.now()
    with transaction.atomic():
        row = Consent.objects.create(
            subject=place.subject,
            field=said.field,
            purpose=said.purpose,
            words=words.question(said.purpose, said.language, said.last_day),
            language=said.language,
            way=said.way,
            source=said.source,
            said_at=now,
            last_day=said.last_day,
            by=actor,
            ended_at=None if said.yes else now,
            end="" if said.yes else Consent.End.REFUSED,
        )
        if said.yes:
            audit.line(actor, "wrote down a consent", said.purpose, consent=row.pk)
        else:
            audit.line(actor, "wrote down a refused consent", said.purpose, consent=row.pk)
    return row


def _retag(place: Place, purposes: list[str], actor: Advisor | None, why: str) -> None:
    named = f"advisor {actor.public_id}" if actor else JOB
    vault.retag(place, purposes, named, why)


def _refused(mistake: rules.Wrong) -> CannotError:
    if mistake == rules.Wrong.PURPOSE:
        return CannotError(_("Consent is not asked for this purpose."))
    if mistake == rules.Wrong.PAST:
        return CannotError(_("Choose a day to come: until then it holds."))
    return CannotError(_("A consent holds two years at most. Ask again then."))
