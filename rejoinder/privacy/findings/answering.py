"""What we do with a report: acknowledge it, answer, give credit, open it as an incident, close."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy import contacts
from rejoinder.privacy.contacts import Whose
from rejoinder.privacy.find import masked
from rejoinder.privacy.findings import rules
from rejoinder.privacy.findings.receiving import CHANNEL
from rejoinder.privacy.findings.rules import Credit
from rejoinder.privacy.incidents import clock as clocks
from rejoinder.privacy.incidents import registering
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.registering import Known
from rejoinder.privacy.models import Finding, FindingWord, Incident
from rejoinder.privacy.models.finding import WORDS_CAP
from rejoinder.privacy.models.incident import WORDS_CAP as FACTS_CAP
from rejoinder.team import access, audit, organisation
from rejoinder.team.models import Advisor


def acknowledge(finding: Finding, actor: Advisor) -> None:
    """Tell the finder, on their page, that a person has it. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = _locked(finding)
        if row.acknowledged_at is not None:
            raise CannotError(_("The finder was told already that we have it."))
        row.acknowledged_at, row.acknowledged_by = clock.now(), actor
        row.save(update_fields=["acknowledged_at", "acknowledged_by"])
        _tell(row, actor, "acknowledged a report of a finder")
    finding.refresh_from_db()


def say(finding: Finding, actor: Advisor, words: str) -> None:
    """Something for the finder to read; the first word acknowledges too. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    said = words.strip()
    if not said or len(said) > WORDS_CAP:
        raise CannotError(_("Write between one and 5,000 characters."))
    with transaction.atomic():
        row = _locked(finding)
        FindingWord.objects.create(
            finding=row, at=clock.now(), by=actor, text=masked(said, WORDS_CAP)
        )
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by = clock.now(), actor
            row.save(update_fields=["acknowledged_at", "acknowledged_by"])
        _tell(row, actor, "answered a finder")
    finding.refresh_from_db()


def credit(finding: Finding, actor: Advisor, then: Credit) -> None:
    """Name the finder among those we thank, or not. Raises CannotError when they did not ask."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = Finding.objects.select_for_update().get(pk=finding.pk)
        if not rules.may_become(Credit(row.credit), then):
            raise CannotError(_("They did not ask to be named, or it is so already."))
        row.credit, row.credit_at, row.credit_by = then, clock.now(), actor
        row.save(update_fields=["credit", "credit_at", "credit_by"])
        _tell(row, actor, "decided on a finder's credit", credit=then.value)
    finding.refresh_from_db()


def open_incident(finding: Finding, actor: Advisor, name: str) -> Incident:
    """Put what was reported into the register of incidents; its clocks run from when it came."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = _locked(finding)
        if row.incident_id is not None:
            raise CannotError(_("It is an incident already."))
        facts = "\n\n".join(part for part in (row.where, row.words) if part)[:FACTS_CAP]
        made = registering.open_one(actor, Known(name=name, aware_at=row.came_at, facts=facts))
        row.incident = made
        row.save(update_fields=["incident"])
        _tell(row, actor, "opened a report of a finder as an incident")
    finding.refresh_from_db()
    return made


def close(finding: Finding, actor: Advisor) -> None:
    """Nothing more is to be done. Raises CannotError before the finder heard from us."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = _locked(finding)
        if row.acknowledged_at is None:
            raise CannotError(_("Tell the finder first that we have it."))
        row.closed_at, row.closed_by = clock.now(), actor
        row.save(update_fields=["closed_at", "closed_by"])
        _tell(row, actor, "closed a report of a finder")
    finding.refresh_from_db()


def contact(finding: Finding, actor: Advisor, why: str) -> str | None:
    """The finder's address, opened to answer them; None when they gave none. The ledger has it."""
    access.require(actor, access.PRIVACY)
    access.require(actor, access.OPEN)
    return contacts.open_contact(
        Whose(CHANNEL, finding.reference, "email"), "care-reply", actor, why
    )


def due(finding: Finding) -> datetime:
    """By when the finder hears that we have it, by the clock of the organisation."""
    return rules.due(finding.came_at, ZoneInfo(organisation.standing().time_zone))


def standing(finding: Finding) -> clocks.Standing:
    """How that clock stands."""
    return clocks.standing(due(finding), finding.acknowledged_at, clock.now())


def open_ones() -> Sequence[Finding]:
    """Those that wait for something, the oldest first."""
    rows = Finding.objects.filter(closed_at=None).order_by("came_at", "pk")
    return list(rows.select_related("incident", "acknowledged_by"))


def thanked() -> Sequence[str]:
    """Whom we name, the newest first."""
    rows = Finding.objects.filter(credit=Credit.GIVEN.value).order_by("-credit_at", "-pk")
    return list(rows.values_list("credit_name", flat=True))


def _locked(finding: Finding) -> Finding:
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    if row.closed_at is not None:
        raise CannotError(_("This report is closed."))
    return row


def _tell(row: Finding, actor: Advisor, did: str, **detail: object) -> None:
    audit.line(actor, did, row.reference, **detail)
