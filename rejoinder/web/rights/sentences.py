"""What the register of requests says."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.desk.models import RightsRequest
from rejoinder.desk.rights import rules
from rejoinder.desk.rights.rules import Kind, Standing
from rejoinder.plumbing import clock
from rejoinder.web.frame import words


def kind_labels() -> dict[str, str]:
    """What is asked for."""
    return {
        Kind.ACCESS: _("A copy of what is kept of them"),
        Kind.CORRECTION: _("That something is put right"),
        Kind.OBJECTION: _("Not to be listened to"),
        Kind.ERASURE: _("That all is erased"),
    }


def standing(request: RightsRequest, due_at: datetime) -> str:
    """Its clock, in words."""
    stands = rules.standing(request.times(), due_at, clock.now())
    if stands is Standing.PAUSED:
        return _("stands still until they show who they are")
    if request.answered_at is None:
        return _due(due_at)
    at = {"at": words.at(request.answered_at)}
    if stands is Standing.ANSWERED_LATE:
        at["long"] = words.length(request.answered_at - due_at)
        return _("answered %(at)s, %(long)s late") % at
    return _("answered %(at)s") % at


def _due(due_at: datetime) -> str:
    """The last day, where it is counted: the moment is the midnight after it."""
    day = date_format(due_at - timedelta(seconds=1), "j M Y")
    if due_at < clock.now():
        long = words.age(due_at)
        return _("due by the end of %(day)s, %(long)s late") % {"day": day, "long": long}
    ahead = words.length(due_at - clock.now())
    return _("due by the end of %(day)s, in %(long)s") % {"day": day, "long": ahead}


def is_late(request: RightsRequest, due_at: datetime) -> bool:
    """Whether a month went by."""
    stands = rules.standing(request.times(), due_at, clock.now())
    return stands in {Standing.LATE, Standing.ANSWERED_LATE}


def outcome_labels() -> dict[str, str]:
    """What came of it."""
    return {"done": _("Done"), "refused": _("Refused")}
