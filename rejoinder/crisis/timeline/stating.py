"""What we say to everybody: statements, and public answers that are published meanwhile."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.answers import actions as answers
from rejoinder.answers import editions
from rejoinder.answers.models import Answer, Revision
from rejoinder.answers.refusals import CannotError as CannotPublishError
from rejoinder.answers.words import WORDS, Words
from rejoinder.crisis.declaring import open_ones
from rejoinder.crisis.models import Crisis, Did, Kind, Promise
from rejoinder.crisis.refusals import CannotError
from rejoinder.crisis.timeline.promising import check_due, kept_by_update, next_update
from rejoinder.crisis.timeline.writing import require_open, said, write
from rejoinder.outbox.models import Publication, State
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def state(
    crisis: Crisis,
    actor: Advisor,
    words: str,
    next_at: datetime | None = None,
    *,
    publish: bool = False,
    alone_why: str = "",
) -> Promise | None:
    """Say this to everybody, and by when they hear more. It keeps the update promised before.

    `publish` makes it a revision of the crisis's public answer; `alone_why` is asked for when its
    subject needs a second person. Returns the promise of the next update; None when this is the
    last word. Raises CannotError.
    """
    access.require(actor, access.STEER)
    told = said(words, _("Write what we say to everybody."))
    if next_at is not None:
        check_due(next_at)
    with transaction.atomic():
        require_open(crisis)
        audit.line(actor, "made a statement", crisis.name, published=publish)
        if not publish:
            _written(crisis, actor, told, next_at)
        else:
            short = told if len(told) <= WORDS.short else ""
            page = Words(crisis.name, told, short=short, next_update_at=next_at)
            _published(crisis, actor, page, alone_why)
    return crisis.promises.filter(is_update=True, answer=None, kept_at=None).first()


def after(revision: Revision) -> None:
    """A revision was published: a statement, or an answer to a question, is in the timeline.

    While several crises are open, an answer goes with the one that is open longest.
    """
    actor, answer = revision.published_by, revision.answer
    if actor is None or revision.language != answer.language:
        return
    if (crisis := open_ones().filter(answer=answer).first()) is not None:
        _written(crisis, actor, revision.text, revision.next_update_at, number=revision.number)
    elif (crisis := open_ones().first()) is not None:
        _answered(crisis, actor, revision)


def arrived(publication: Publication) -> None:
    """What was said stands elsewhere too, such as in the organisation's blog; or it does not."""
    sent = publication.state == State.SENT
    if not sent and publication.state != State.REFUSED:
        return
    said_in = Q(answer__public_id=publication.subject)
    crisis = open_ones().filter(said_in).first() or open_ones().first()
    if crisis is not None:
        account = publication.account
        write(
            crisis,
            Kind.DONE,
            None,
            did=Did.SPREAD if sent else Did.NOT_SPREAD,
            words=publication.title if sent else publication.words,
            account=account.handle,
            channel=account.channel,
            number=publication.number,
            url=publication.url,
        )


def _published(crisis: Crisis, actor: Advisor, words: Words, alone_why: str) -> None:
    """As the next revision of the crisis's answer; `after` writes it down."""
    try:
        answer = _answer(crisis, actor)
        if editions.current(answer) is not None:
            words = replace(words, what_changed=_what_changed(answer))
        draft = answers.write(answer, actor, words)
        answers.publish(draft, actor, alone_why=alone_why)
    except CannotPublishError as error:
        raise CannotError(str(error)) from error


def _answer(crisis: Crisis, actor: Advisor) -> Answer:
    crisis.refresh_from_db(fields=["answer"])
    if crisis.answer is None:
        crisis.answer = answers.open_answer(actor, crisis.name)
        crisis.save(update_fields=["answer"])
    elif (draft := editions.draft(crisis.answer)) is not None:
        raise CannotError(
            _(
                "%(name)s is writing on the public page of this crisis. Publish that draft, or "
                "throw it away first."
            )
            % {"name": draft.written_by.name}
        )
    return crisis.answer


def _what_changed(answer: Answer) -> str:
    """In the language of the page, whoever publishes."""
    with translation.override(answer.language):
        return _("This is a new statement; earlier ones stand below.")


def _written(
    crisis: Crisis, actor: Advisor, told: str, next_at: datetime | None, number: int | None = None
) -> None:
    moment = next_at.isoformat() if next_at else None
    entry = write(
        crisis, Kind.SAID, actor, did=Did.STATED, words=told, next_at=moment, number=number
    )
    kept_by_update(crisis, actor, entry)
    if next_at is not None:
        next_update(crisis, actor, next_at)


def _answered(crisis: Crisis, actor: Advisor, revision: Revision) -> None:
    answer, next_at = revision.answer, revision.next_update_at
    entry = write(
        crisis,
        Kind.SAID,
        actor,
        did=Did.PUBLISHED,
        words=revision.title,
        number=revision.number,
        answer=str(answer.public_id),
    )
    kept_by_update(crisis, actor, entry, answer)
    if next_at is not None:
        next_update(crisis, actor, next_at, answer)
