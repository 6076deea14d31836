"""Promises with their clocks: made, and kept."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.answers.models import Answer
from rejoinder.crisis.models import Crisis, Did, Entry, Kind, Promise
from rejoinder.crisis.refusals import CannotError
from rejoinder.crisis.timeline.writing import in_line, require_open, write
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

WORDS_CAP = 300


def may_promise(actor: Advisor) -> bool:
    """Whoever answers gives their word, and keeps it."""
    return access.may(actor, access.ANSWER)


def open_promises() -> QuerySet[Promise]:
    """Those not kept yet in any crisis, open or over, the one due first at the front."""
    found = Promise.objects.filter(kept_at=None).select_related("crisis", "keeper", "conversation")
    return found.order_by("due_at", "id")


def promise(
    crisis: Crisis,
    actor: Advisor,
    words: str,
    due_at: datetime,
    *,
    conversation: Conversation | None = None,
    keeper: Advisor | None = None,
) -> Promise:
    """Give our word. Raises CannotError without words, or for a moment that is over."""
    access.require(actor, access.ANSWER)
    told = in_line(words, WORDS_CAP, _("Write what is promised."))
    check_due(due_at)
    if keeper is not None and not may_promise(keeper):
        raise CannotError(_("This colleague cannot see to it. Choose somebody who answers."))
    with transaction.atomic():
        require_open(crisis)
        made = Promise.objects.create(
            crisis=crisis,
            conversation=conversation,
            words=told,
            made_at=clock.now(),
            made_by=actor,
            keeper=keeper or actor,
            due_at=due_at,
        )
        write(crisis, Kind.SAID, actor, did=Did.PROMISED, words=told, due_at=due_at.isoformat())
        audit.line(actor, "gave a promise", crisis.name, due=due_at.isoformat())
    return made


def keep(kept: Promise, actor: Advisor, words: str = "") -> None:
    """It is done as promised, in time or late; also after the crisis. Raises CannotError."""
    access.require(actor, access.ANSWER)
    if kept.is_update:
        raise CannotError(_("The next statement or revision keeps this promise."))
    with transaction.atomic():
        told = " ".join(words.split())[:WORDS_CAP] or kept.words
        entry = write(
            kept.crisis, Kind.DONE, actor, did=Did.KEPT, words=told, due_at=kept.due_at.isoformat()
        )
        if not _mark(Promise.objects.filter(pk=kept.pk), actor, entry):
            raise CannotError(_("This promise is kept already."))
        audit.line(actor, "kept a promise", kept.crisis.name)
    kept.refresh_from_db()


def check_due(due_at: datetime) -> None:
    """Raises CannotError for a moment that is over."""
    if due_at <= clock.now():
        raise CannotError(_("Promise a moment that is still to come."))


def next_update(
    crisis: Crisis, actor: Advisor, due_at: datetime, answer: Answer | None = None
) -> Promise:
    """The promise that a statement makes, or a revision of an answer."""
    return Promise.objects.create(
        crisis=crisis,
        answer=answer,
        is_update=True,
        made_at=clock.now(),
        made_by=actor,
        keeper=actor,
        due_at=due_at,
    )


def kept_by_update(
    crisis: Crisis, actor: Advisor, entry: Entry, answer: Answer | None = None
) -> None:
    """A statement is the update that was promised before it; so is a revision of an answer."""
    promises = Promise.objects.filter(crisis=crisis, is_update=True, answer=answer)
    _mark(promises, actor, entry)


def _mark(promises: QuerySet[Promise], actor: Advisor, entry: Entry) -> int:
    # One conditional UPDATE: of two people at once one keeps it.
    return promises.filter(kept_at=None).update(kept_at=clock.now(), kept_by=actor, kept_with=entry)
