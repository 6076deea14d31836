"""What is known, decided, done, and said in public, as it comes about."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.crisis.models import Crisis, Did, Entry, Kind, Promise
from rejoinder.crisis.promising import kept_by_statement, next_update
from rejoinder.crisis.refusals import CannotError
from rejoinder.crisis.writing import require_open, said, write
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


def state(crisis: Crisis, actor: Advisor, words: str, next_at: datetime) -> Promise:
    """Say this to everybody, and by when they hear more. It keeps the update promised before.

    Returns the promise of the next update. Raises CannotError without words, or for a next update
    that is not still to come.
    """
    access.require(actor, access.STEER)
    told = said(words, _("Write what we say to everybody."))
    with transaction.atomic():
        require_open(crisis)
        entry = write(
            crisis,
            Kind.SAID,
            actor,
            did=Did.STATED,
            words=told,
            next_at=next_at.isoformat(),
        )
        kept_by_statement(crisis, actor, entry)
        promised = next_update(crisis, actor, next_at)
        audit.line(actor, "made a statement", crisis.name, next=next_at.isoformat())
    return promised
