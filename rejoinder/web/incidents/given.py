"""What people typed about an incident, as values."""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from rejoinder.answers.models import Answer
from rejoinder.crisis.models import Crisis
from rejoinder.plumbing import ids
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.registering import Known
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.models import Incident
from rejoinder.web.frame import moments
from rejoinder.web.frame.acting import typed


def known(given: QueryDict, kept: Incident | None = None) -> Known:
    """Raises CannotError and NoMomentError."""
    aware_at = moment(given, "aware_at", kept)
    if aware_at is None:
        raise CannotError(_("Write when it became known: the clocks run from then."))
    risk = typed(given, "risk")
    return Known(
        name=typed(given, "name"),
        aware_at=aware_at,
        began_at=moment(given, "began_at", kept),
        fixed_at=moment(given, "fixed_at", kept),
        personal=given.get("personal") == "yes",
        provider=given.get("provider") == "yes",
        network=given.get("network") == "yes",
        risk=Risk(risk) if risk in list(Risk) else Risk.UNKNOWN,
        people=_people(typed(given, "people")),
        facts=typed(given, "facts"),
        effects=typed(given, "effects"),
        remedy=typed(given, "remedy"),
    )


def moment(given: QueryDict, name: str, kept: Incident | None = None) -> datetime | None:
    """None for an empty field. Raises NoMomentError.

    A field shows minutes: one that nobody touched keeps its seconds.
    """
    said = typed(given, name).strip()
    was: datetime | None = getattr(kept, name, None)
    if was is not None and said == moments.as_moment(was):
        return was
    return moments.typed_moment(said) if said else None


def shown(incident: Incident) -> dict[str, object]:
    """What is kept, as the fields show it."""
    values = {name: getattr(incident, name) for name in Known.__slots__}
    for name in ("aware_at", "began_at", "fixed_at"):
        values[name] = moments.as_moment(values[name]) if values[name] else ""
    return values


def crisis(given: QueryDict) -> Crisis | None:
    """The one that was chosen; None for none."""
    found = ids.read(typed(given, "crisis"))
    return Crisis.objects.filter(public_id=found).first() if found else None


def answer(given: QueryDict) -> Answer | None:
    """The one that was chosen; None for none."""
    found = ids.read(typed(given, "answer"))
    return Answer.objects.filter(public_id=found).first() if found else None


def _people(said: str) -> int | None:
    if not said.strip():
        return None
    try:
        number = int(said)
    except ValueError:
        number = -1
    if not 0 <= number < 2**31:
        raise CannotError(_("Write the number of people as a whole number."))
    return number
