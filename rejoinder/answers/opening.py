"""Opening a public answer: its address, its short link, the questions it covers."""

import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from rejoinder.answers import refusals
from rejoinder.answers.models import Answer, Covered, Link, Subject
from rejoinder.answers.words import WORDS, Words
from rejoinder.answers.writing import draft_of, require_live
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Organisation

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
CODE_LENGTH = 5
RESERVED = frozenset({"log", "who"})  # addresses of the public pages that are no answers


def may_write(actor: Advisor) -> bool:
    """Whoever answers."""
    return access.may(actor, access.ANSWER)


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
            code=free_code(),
            language=language or organisation.language,
            opened_by=actor,
            opened_at=clock.now(),
        )
        for question in questions:
            _cover(answer, question)
        draft_of(answer, answer.language, actor, Words(title=called))
        audit.line(actor, "opened an answer", answer.slug)
        live.changed(live.ANSWERS)
    return answer


def cover(answer: Answer, question: Question, actor: Advisor) -> None:
    """It answers this question too. Raises CannotError when another answer does."""
    access.require(actor, access.ANSWER)
    require_live(answer)
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


def _cover(answer: Answer, question: Question) -> None:
    if not question.name:
        raise refusals.no_name()
    try:
        with transaction.atomic():
            Covered.objects.create(answer=answer, question=question, since=clock.now())
    except IntegrityError:
        raise refusals.has_answer(question.name) from None


def _free_slug(title: str) -> str:
    """From the title; with a number behind where that is taken."""
    base = slugify(title)[:60].strip("-") or "answer"
    taken = set(Answer.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def free_code() -> str:
    """One that no short link of ours has or had."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        taken = (rows.filter(code=code).exists() for rows in (Answer.objects, Link.objects))
        if not any(taken):
            return code
