"""Opening an incident, writing down what becomes known of it, and closing it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.privacy.incidents import standing
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.models import Incident
from rejoinder.privacy.models.incident import LINE_CAP, NAME_CAP, WORDS_CAP
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an incident; words are masked before they are kept."""

    name: str
    aware_at: datetime
    began_at: datetime | None = None
    fixed_at: datetime | None = None
    personal: bool = True
    provider: bool = False
    network: bool = False
    risk: Risk = Risk.UNKNOWN
    people: int | None = None
    facts: str = ""
    effects: str = ""
    remedy: str = ""


def open_one(actor: Advisor, known: Known) -> Incident:
    """Put an incident into the register. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = Incident(opened_at=clock.now(), opened_by=actor)
        _set(row, known)
        row.save()
        _tell(row, actor, "opened an incident")
    return row


def found(found_by: str, known: Known) -> Incident:
    """Opened by the desk itself; the one that is open when it is found again before that closes."""
    with transaction.atomic():
        if (row := _open(found_by)) is not None:
            return row
        row = Incident(opened_at=clock.now(), found_by=found_by)
        _set(row, known)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # another process found it in the same moment
            return Incident.objects.get(found_by=found_by, closed_at=None)
        _tell(row, None, "opened an incident")
    return row


def change(incident: Incident, actor: Advisor, known: Known) -> None:
    """Write down what is known by now. Raises CannotError when it is closed."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = locked(incident)
        before = {name: getattr(row, name) for name in asdict(known)}
        _set(row, known)
        changed = sorted(name for name, was in before.items() if getattr(row, name) != was)
        if changed:
            row.save(update_fields=changed)
            _tell(row, actor, "changed an incident", fields=", ".join(changed))
    incident.refresh_from_db()


def explain(incident: Incident, actor: Advisor, why: str) -> None:
    """Write down why the people concerned are not told; an empty reason takes it back."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = locked(incident)
        row.why_not_told = masked(" ".join(why.split()), LINE_CAP)
        row.save(update_fields=["why_not_told"])
        _tell(row, actor, "wrote why people are not told of an incident")
    incident.refresh_from_db()


def close(incident: Incident, actor: Advisor) -> None:
    """It is over. Raises CannotError while something is missing."""
    access.require(actor, access.PRIVACY)
    with transaction.atomic():
        row = locked(incident)
        if standing.lacking(row):
            raise CannotError(_("It cannot be closed yet: see below what is missing."))
        row.closed_at, row.closed_by = clock.now(), actor
        row.save(update_fields=["closed_at", "closed_by"])
        _tell(row, actor, "closed an incident")
    incident.refresh_from_db()


def locked(incident: Incident) -> Incident:
    """The row, nobody else's until the transaction ends. Raises CannotError when it is closed."""
    row = Incident.objects.select_for_update().get(pk=incident.pk)
    if row.closed_at is not None:
        raise CannotError(_("This incident is closed; nothing is added to it any more."))
    return row


def _open(found_by: str) -> Incident | None:
    return Incident.objects.filter(found_by=found_by, closed_at=None).first()


def _set(row: Incident, known: Known) -> None:
    _check(known)
    for name, value in asdict(known).items():
        setattr(row, name, value)
    row.name = masked(" ".join(known.name.split()), NAME_CAP)
    row.risk = known.risk.value
    for name in ("facts", "effects", "remedy"):
        setattr(row, name, masked(getattr(known, name).strip()))


def _check(known: Known) -> None:
    now = clock.now()
    if not known.name.strip():
        raise CannotError(_("Give the incident a name that everybody will know it by."))
    if not (known.personal or known.network):
        raise CannotError(_("Say whether it touches personal data, the network, or both."))
    moments = (known.aware_at, known.began_at, known.fixed_at)
    if any(each is not None and each > now for each in moments):
        raise CannotError(_("This moment is still to come. Write it down once it is so."))
    if known.began_at is not None and known.began_at > known.aware_at:
        raise CannotError(_("It became known before it began: one of the two times is wrong."))
    if any(len(text) > WORDS_CAP for text in (known.facts, known.effects, known.remedy)):
        raise CannotError(_("This is too long; shorten it to 4,000 characters."))


def _tell(row: Incident, actor: Advisor | None, did: str, **detail: object) -> None:
    audit.line(actor, did, row.name, **detail)
