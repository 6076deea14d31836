"""Notices to regulators, phase by phase; or why one need not be told."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.privacy.incidents import known
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.registering import locked
from rejoinder.privacy.incidents.rules import Duty, To
from rejoinder.privacy.models import Incident, IncidentNotice
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 16_000  # characters of a notice
Follower = Callable[[IncidentNotice, Duty], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have it called with each notice that was sent, in the same transaction."""
    _followers.append(follower)


def sent(
    incident: Incident,
    actor: Advisor,
    rule: str,
    words: str,
    *,
    at: datetime | None = None,
    reference: str = "",
) -> IncidentNotice:
    """Write down what a regulator was told, now or at an earlier moment. Raises CannotError."""
    return _write(incident, actor, rule, words, at=at or clock.now(), reference=reference)


def needless(incident: Incident, actor: Advisor, rule: str, why: str) -> IncidentNotice:
    """Write down why a regulator need not be told. Raises CannotError without a reason."""
    return _write(incident, actor, rule, why, at=clock.now(), needed=False)


def _write(
    incident: Incident,
    actor: Advisor,
    rule: str,
    words: str,
    *,
    at: datetime,
    reference: str = "",
    needed: bool = True,
) -> IncidentNotice:
    access.require(actor, access.PRIVACY)
    text = masked(words.strip())
    if not text:
        raise CannotError(_("Write what they were told, or why they need not be told."))
    if len(text) > LONGEST:
        raise CannotError(_("This is too long; shorten it to 16,000 characters."))
    if at > clock.now():
        raise CannotError(_("This moment is still to come. Write it down once it is so."))
    with transaction.atomic():
        row = locked(incident)
        duty = _duty(row, rule)
        notice = IncidentNotice.objects.create(
            incident=row,
            rule=rule,
            version=duty.version.since,
            needed=needed,
            sent_at=at,
            words=text,
            reference=" ".join(reference.split())[:60],
            at=clock.now(),
            by=actor,
        )
        if needed:
            audit.line(actor, "told a regulator of an incident", row.name, rule=rule)
            for follower in _followers:
                follower(notice, duty)
        else:
            audit.line(actor, "wrote why a regulator is not told", row.name, rule=rule)
    return notice


def _duty(incident: Incident, rule: str) -> Duty:
    for duty in known.of(incident):
        if duty.rule.name == rule and duty.rule.to is To.REGULATOR:
            return duty
    raise CannotError(_("This rule does not apply to the incident as it is known now."))
