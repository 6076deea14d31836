"""A report is kept: its words masked, how the finder is reached sealed."""

from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.privacy import contacts
from rejoinder.privacy.contacts import Reach
from rejoinder.privacy.find import masked
from rejoinder.privacy.findings.rules import Credit
from rejoinder.privacy.models import Finding
from rejoinder.privacy.models.finding import CREDIT_CAP, WHERE_CAP, WORDS_CAP
from rejoinder.team import audit
from rejoinder.team.notify import calls
from rejoinder.team.notify.said import Said

CHANNEL = "finder"  # under which the vault knows people who report something


@dataclass(frozen=True, slots=True)
class Report:
    """What a finder sent; `reference` was given to them with the form."""

    reference: str
    words: str
    where: str = ""
    email: str = ""
    credit_name: str = ""


def receive(report: Report) -> Finding:
    """Keep it and call the team, once a day; sent twice, it is one. In one transaction."""
    try:
        with transaction.atomic():
            row = Finding.objects.create(
                reference=report.reference,
                came_at=clock.now(),
                where=masked(" ".join(report.where.split()), WHERE_CAP),
                words=masked(report.words.strip(), WORDS_CAP),
                credit=Credit.ASKED if report.credit_name.strip() else Credit.UNASKED,
                credit_name=" ".join(report.credit_name.split())[:CREDIT_CAP],
            )
            if report.email:
                contacts.seal([Reach(CHANNEL, report.reference, "email", report.email)])
            audit.line(None, "got a report of a finder", report.reference)
            calls.call(f"findings {clock.now():%Y-%m-%d}", partial(_said), config().base_url)
    except IntegrityError:
        return Finding.objects.get(reference=report.reference)
    return row


def _said() -> Said:
    return Said(
        _("A finder reported a weakness or a leak"),
        _("It stands in the register of incidents. They were told by when they hear from us."),
    )
