"""Writing a public answer: opened, drafted, read by a second person, published, withdrawn.

Nothing published is changed or deleted: the next revision comes. What is published and withdrawn
goes into the public log in the same transaction.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from rejoinder.answers import careful, editions, record, refusals
from rejoinder.answers import published as told
from rejoinder.answers.models import Answer, Covered, Revision, Subject
from rejoinder.answers.words import WORDS, Words, of
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Organisation

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
CODE_LENGTH = 5
# Behind the address of an answer stand a number, a language, or one of these.
RESERVED = frozenset({"feed", "log", "style"})


def may_write(actor: Advisor) -> bool:
    """Whoever answers."""
    return access.may(actor, access.ANSWER)


def may_check(draft: Revision, actor: Advisor) -> bool:
    """Whoever answers and wrote nothing of it."""
    return access.may(actor, access.ANSWER) and actor.pk not in draft.writers


def may_publish(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def open_answer(
    actor: Advisor, title: str, questions: Iterable[Question] = (), *, language: str = ""
) -> Answer:
    """A new answer with its first draft, in the organisation's language unless another is named.

    Raises CannotError for a question that has an answer, or no name yet.
    """
    access.require(actor, access.ANSWER)
    called = " ".join(title.split())[: WORDS.title]
    if not called:
        raise refusals.incomplete()
    organisation = Organisation.objects.first() or Organisation()
    with transaction.atomic():
        answer = Answer.objects.create(
            slug=_free_slug(called),
            code=_free_code(),
            language=language or organisation.language,
            opened_by=actor,
            opened_at=clock.now(),
        )
        for question in questions:
            _cover(answer, question)
        _draft(answer, answer.language, actor, Words(title=called))
        audit.line(actor, "opened an answer", answer.slug)
        live.changed(live.ANSWERS)
    return answer


def cover(answer: Answer, question: Question, actor: Advisor) -> None:
    """It answers this question too. Raises CannotError when another answer does."""
    access.require(actor, access.ANSWER)
    _require_live(answer)
    with transaction.atomic():
        _cover(answer, question)
        audit.line(actor, "covered a question", answer.slug, question=question.name)
        live.changed(live.ANSWERS)


def uncover(answer: Answer, question: Question, actor: Advisor) -> None:
    """It answers this question no more."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        covered = Covered.objects.filter(answer=answer, question=question, until=None)
        if covered.update(until=clock.now()):
            audit.line(actor, "no longer covers a question", answer.slug, question=question.name)
            live.changed(live.ANSWERS)


def tick(answer: Answer, subjects: Iterable[str], actor: Advisor) -> None:
    """Say what the answer is careful about; unknown subjects are left out."""
    access.require(actor, access.ANSWER)
    ticked = [subject for subject in Subject.values if subject in set(subjects)]
    if ticked == answer.careful:
        return
    with transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(careful=ticked)
        answer.careful = ticked
        audit.line(actor, "said what an answer is careful about", answer.slug, about=ticked)


def write(
    answer: Answer,
    actor: Advisor,
    words: Words,
    *,
    language: str = "",
    seen: Revision | None = None,
) -> Revision:
    """Keep the draft of the next revision in a language; what was read before is unread again.

    `seen` is the draft as the writer read it. Raises ChangedMeanwhileError when somebody wrote on
    it since, CannotError for a withdrawn answer or words that are too long.
    """
    access.require(actor, access.ANSWER)
    _require_live(answer)
    words.check()
    with transaction.atomic():
        draft, new = _draft(answer, language or answer.language, actor, words)
        if seen is not None and draft.written_at != seen.written_at:
            raise refusals.ChangedMeanwhileError(draft.written_by.name)
        if not new and words.same_as(draft):
            return draft
        values = words.values() | _written(draft.writers, actor)
        Revision.objects.filter(pk=draft.pk).update(**values)
        audit.line(actor, "wrote on an answer", answer.slug, **_place(draft))
        live.changed(live.ANSWERS)
    return Revision.objects.get(pk=draft.pk)


def begin(answer: Answer, actor: Advisor, language: str = "") -> Revision:
    """The draft of the next revision in a language, begun with the words that are public now.

    Another language than the answer's own begins with the answer's words, to be translated.
    """
    own = editions.current(answer)
    before = editions.current(answer, language) if language else own
    source = before or own
    words = of(source) if source else Words(title=answer.slug)
    follows = own.number if own and language not in {"", answer.language} else None
    fresh = replace(words, what_changed="", material=False, harmful=False, follows=follows)
    draft = editions.draft(answer, language)
    return draft or write(answer, actor, fresh, language=language)


def discard(draft: Revision, actor: Advisor) -> None:
    """Throw a draft away; a published revision stays."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        if not Revision.objects.filter(pk=draft.pk, published_at=None).delete()[0]:
            raise refusals.is_published()
        audit.line(actor, "threw a draft away", draft.answer.slug, **_place(draft))
        live.changed(live.ANSWERS)


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
        audit.line(actor, "checked an answer", draft.answer.slug, **_place(draft))
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
        _require_live(known.answer)
        alone = _require_complete(known, draft, alone_why.strip())
        known.published_at, known.published_by, known.alone_why = now, actor, alone
        known.save(update_fields=["published_at", "published_by", "alone_why"])
        record.published(known)
        audit.line(actor, "published an answer", known.answer.slug, **_place(known), alone=alone)
        live.changed(live.ANSWERS)
        told.tell(known)
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


def _cover(answer: Answer, question: Question) -> None:
    if not question.name:
        raise refusals.no_name()
    try:
        with transaction.atomic():
            Covered.objects.create(answer=answer, question=question, since=clock.now())
    except IntegrityError:
        raise refusals.has_answer(question.name) from None


def _draft(answer: Answer, language: str, actor: Advisor, words: Words) -> tuple[Revision, bool]:
    """The draft there is, locked; or a new one with these words, and that it is new."""
    rows = Revision.objects.filter(answer=answer, language=language)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    return rows.select_for_update(of=("self",)).get_or_create(
        answer=answer,
        language=language,
        published_at=None,
        defaults={"number": last + 1, **words.values(), **_written([], actor)},
    )


def _written(writers: list[int], actor: Advisor) -> dict[str, Any]:
    return {
        "written_by": actor,
        "written_at": clock.now(),
        "writers": sorted({*writers, actor.pk}),
        "checked_by": None,
        "checked_at": None,
    }


def _require_live(answer: Answer) -> None:
    if Answer.objects.filter(pk=answer.pk, withdrawn_at__isnull=False).exists():
        raise refusals.is_withdrawn()


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


def _free_slug(title: str) -> str:
    """From the title; with a number behind where that is taken."""
    base = slugify(title)[:60].strip("-") or "answer"
    taken = set(Answer.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not Answer.objects.filter(code=code).exists():
            return code


def _place(revision: Revision) -> Mapping[str, Any]:
    return {"revision": revision.number, "language": revision.language}
