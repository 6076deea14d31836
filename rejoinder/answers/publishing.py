"""Reading a draft as a second person, saying it in public, taking an answer back.

What is published and taken back goes into the public log in the same transaction.
"""

from django.db import transaction

from rejoinder.answers import careful, published, record, refusals
from rejoinder.answers.models import Answer, Covered, Revision, Subject
from rejoinder.answers.writing import place, require_live
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def may_check(draft: Revision, actor: Advisor) -> bool:
    """Whoever answers and wrote nothing of it."""
    return access.may(actor, access.ANSWER) and actor.pk not in draft.writers


def may_publish(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def needs_second(draft: Revision) -> list[str]:
    """The careful subjects it touches, ticked or found in its words; empty when one may publish."""
    found = careful.subjects(f"{draft.title}\n{draft.text}\n{draft.short}")
    return [name for name in Subject.values if name in {*draft.answer.careful, *found}]


def check(draft: Revision, actor: Advisor) -> None:
    """A second person read it and stands by it. Raises CannotError for one's own words."""
    access.require(actor, access.ANSWER)
    if not may_check(draft, actor):
        raise refusals.own_words()
    with transaction.atomic():
        # Only the words that were read: a later change asks for another reading.
        read = Revision.objects.filter(
            pk=draft.pk, published_at=None, written_at=draft.written_at
        ).update(checked_by=actor, checked_at=clock.now())
        if not read:
            raise refusals.ChangedMeanwhileError(draft.written_by.name)
        audit.line(actor, "checked an answer", draft.answer.slug, **place(draft))
        live.changed(live.ANSWERS)


def publish(draft: Revision, actor: Advisor, *, alone_why: str = "") -> Revision:
    """Say it in public. Raises SecondPersonError where a subject asks for two and one only wrote.

    `alone_why` publishes it all the same, with the reason in the history. Raises CannotError for
    words without a text or without what changed.
    """
    access.require(actor, access.STEER)
    with transaction.atomic():
        now = clock.now()
        rows = Revision.objects.select_for_update(of=("self",)).select_related("answer")
        known = rows.get(pk=draft.pk)
        require_live(known.answer)
        alone = _require_complete(known, draft, alone_why.strip())
        known.published_at, known.published_by, known.alone_why = now, actor, alone
        known.save(update_fields=["published_at", "published_by", "alone_why"])
        record.published(known)
        audit.line(actor, "published an answer", known.answer.slug, **place(known), alone=alone)
        live.changed(live.ANSWERS)
        published.tell(known)
    return known


def withdraw(answer: Answer, actor: Advisor, why: str) -> None:
    """Take the answer back: its page says so from now on, and its questions are open again."""
    access.require(actor, access.STEER)
    said = " ".join(why.split())[:300]
    if not said:
        raise refusals.why_needed()
    with transaction.atomic():
        now = clock.now()
        rows = Answer.objects.filter(pk=answer.pk, withdrawn_at=None)
        if not rows.update(withdrawn_at=now, withdrawn_by=actor, withdrawn_why=said):
            raise refusals.is_withdrawn()
        answer.refresh_from_db()
        Covered.objects.filter(answer=answer, until=None).update(until=now)
        if Revision.objects.filter(answer=answer, published_at__isnull=False).exists():
            record.withdrawn(answer)
        audit.line(actor, "withdrew an answer", answer.slug, why=said)
        live.changed(live.ANSWERS)


def _require_complete(known: Revision, seen: Revision, alone_why: str) -> str:
    """Why one person alone publishes it; empty where nobody asks."""
    if known.published_at is not None:
        raise refusals.is_published()
    if known.written_at != seen.written_at:
        raise refusals.ChangedMeanwhileError(known.written_by.name)
    if not known.title or not known.text.strip():
        raise refusals.incomplete()
    if known.number > 1 and not known.what_changed.strip():
        raise refusals.nothing_said_to_change()
    alone = bool(needs_second(known)) and known.checked_by_id is None
    if alone and not alone_why:
        raise refusals.SecondPersonError
    return alone_why[:300] if alone else ""
