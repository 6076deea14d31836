"""What is known, decided, said and done, written down as it comes about."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.crisis.models import Crisis, Entry, Kind
from rejoinder.crisis.refusals import CannotError
from rejoinder.crisis.timeline.writing import require_open, said, write
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

# Whoever answers writes down what is known and done; what is decided and said is a lead's.
_RIGHTS = {
    Kind.KNOWN: access.ANSWER,
    Kind.DONE: access.ANSWER,
    Kind.DECIDED: access.STEER,
    Kind.SAID: access.STEER,
}


def may_note(actor: Advisor, kind: Kind) -> bool:
    """Whether the actor may write this kind of line."""
    return access.may(actor, _RIGHTS[kind])


def note(
    crisis: Crisis, actor: Advisor, kind: Kind, words: str, at: datetime | None = None
) -> Entry:
    """Write down what came about, now or at an earlier moment. Raises CannotError."""
    access.require(actor, _RIGHTS[kind])
    told = said(words, _("Write what happened, in a sentence."))
    if at is not None and at > clock.now():
        raise CannotError(_("This moment is still to come. Write it down once it is so."))
    with transaction.atomic():
        require_open(crisis)
        audit.line(actor, "wrote in the timeline", crisis.name, kind=kind.value)
        return write(crisis, kind, actor, words=told, at=at)
