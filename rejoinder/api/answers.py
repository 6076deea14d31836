"""Public answers: opening, writing, checking, withdrawing, and telling people one by one."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.answers import actions as answers
from rejoinder.answers import editions, refusals
from rejoinder.answers.models import Answer
from rejoinder.answers.words import WORDS, Words
from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk.batch import actions as batches
from rejoinder.desk.models import Batch
from rejoinder.listening.models import Conversation, Question
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["answers"])


class PublicAnswer(Schema):
    """A public answer, and when the draft of the next revision was last written, if one is open."""

    id: UUID
    title: str
    short: str
    text: str
    published_at: datetime | None
    draft: bool
    draft_written_at: datetime | None
    withdrawn: bool


class Opening(Schema):
    """In words as people ask it, or to a question that is named."""

    title: str = Field("", max_length=WORDS.title)
    question: int | None = Field(None, ge=0, lt=2**63)


class Writing(Schema):
    """Everything of a draft that a person writes."""

    title: str = Field(max_length=WORDS.title)
    text: str = Field("", max_length=WORDS.text)
    short: str = Field("", max_length=WORDS.short)
    what_changed: str = Field("", max_length=WORDS.what_changed)
    regulators: str = Field("", max_length=WORDS.regulators)
    holds_from: datetime | None = None
    holds_until: datetime | None = None
    next_update_at: datetime | None = None
    material: bool = False
    harmful: bool = False


class Read(Schema):
    """Which draft was read: as it was written at that time."""

    draft_written_at: datetime


class Covering(Schema):
    """Which question it answers too, or no more."""

    question: int = Field(ge=0, lt=2**63)
    covers: bool = True


class ToOne(Schema):
    """What one person is told, in their conversation."""

    conversation: UUID
    text: str = Field(min_length=1, max_length=20_000)


class Telling(Schema):
    """Who is told what. Somebody has read each text beside whom it goes to."""

    kind: Literal["pointers", "corrections", "news"]
    tell: list[ToOne] = Field(min_length=1, max_length=2000)
    link: bool = False


class Left(Schema):
    """How many are not told any more."""

    left: int


@router.get("/answers", response=list[PublicAnswer], operation_id="answers")
def list_answers(request: HttpRequest) -> list[PublicAnswer]:
    """Every public answer, the newest first; a hundred at most."""
    access.require(actor(request), access.READ)
    return [_shown(each) for each in Answer.objects.order_by("withdrawn_at", "-opened_at")[:100]]


@router.get("/answers/{id}", response=PublicAnswer, operation_id="answer")
def one_answer(request: HttpRequest, id: UUID) -> PublicAnswer:  # noqa: A002  # the address's word
    """One, as it is public now."""
    return _shown(_find(actor(request), id))


@router.post("/answers", response=shapes.Written, operation_id="open-answer")
def open_answer(request: HttpRequest, given: Opening, once: Once) -> HttpResponse:
    """Begin an answer."""

    def do(me: Advisor) -> Answer:
        access.require(me, access.ANSWER)
        asked = get_object_or_404(Question, pk=given.question) if given.question else None
        title = given.title or (asked.name if asked else "")
        return answers.open_answer(me, title, [asked] if asked else [])

    return changing.make(request, once, do)


@router.post("/answers/{id}/begin", response=shapes.Written, operation_id="begin-revision")
def begin(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """The draft of the next revision."""
    return _done(request, once, id, answers.begin)


@router.post("/answers/{id}/write", response=shapes.Written, operation_id="write-answer")
def write(request: HttpRequest, id: UUID, given: Writing, once: Once) -> HttpResponse:  # noqa: A002
    """Keep the draft. A person publishes it at the desk, where it is compared and read for
    plainness, and where a second person stands by it.
    """

    def do(found: Answer, me: Advisor) -> None:
        draft = editions.draft(found, found.language)
        answers.write(found, me, Words(**given.model_dump()), seen=draft)

    return _done(request, once, id, do)


@router.post("/answers/{id}/check", response=shapes.Written, operation_id="check-answer")
def check(request: HttpRequest, id: UUID, given: Read, once: Once) -> HttpResponse:  # noqa: A002
    """A second person stands by the draft, as they read it."""

    def do(found: Answer, me: Advisor) -> None:
        draft = editions.draft(found, found.language)
        if draft is None or draft.written_at != given.draft_written_at:
            raise refusals.ChangedMeanwhileError(draft.written_by.name if draft else "")
        answers.check(draft, me)

    return _done(request, once, id, do)


@router.post("/answers/{id}/discard", response=shapes.Written, operation_id="discard-draft")
def discard(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Throw the draft away."""

    def do(found: Answer, me: Advisor) -> None:
        if draft := editions.draft(found, found.language):
            answers.discard(draft, me)

    return _done(request, once, id, do)


@router.post("/answers/{id}/cover", response=shapes.Written, operation_id="cover-question")
def cover(request: HttpRequest, id: UUID, given: Covering, once: Once) -> HttpResponse:  # noqa: A002
    """It answers a question too, or no more."""

    def do(found: Answer, me: Advisor) -> None:
        change = answers.cover if given.covers else answers.uncover
        change(found, get_object_or_404(Question, pk=given.question), me)

    return _done(request, once, id, do)


@router.post("/answers/{id}/withdraw", response=shapes.Written, operation_id="withdraw-answer")
def withdraw(request: HttpRequest, id: UUID, given: shapes.Reason, once: Once) -> HttpResponse:  # noqa: A002
    """Take an answer back; its page says so and why."""
    return _done(request, once, id, lambda found, me: answers.withdraw(found, me, given.why))


@router.post("/answers/{id}/tell", response=shapes.Written, operation_id="begin-batch")
def tell(request: HttpRequest, id: UUID, given: Telling, once: Once) -> HttpResponse:  # noqa: A002
    """Tell these people what is public now, each in the words beside them, as room allows."""

    def do(me: Advisor) -> Batch:
        access.require(me, access.STEER)
        found = _find(me, id)
        revision = editions.current(found)
        if revision is None or found.withdrawn_at is not None:
            raise Http404
        texts = {one.conversation: one.text for one in given.tell}
        rows = access.visible(me, Conversation.objects.filter(public_id__in=texts))
        chosen = {row.pk: texts[row.public_id] for row in rows}
        return batches.make(given.kind, revision, me, chosen, link=given.link)

    return changing.make(request, once, do)


@router.post("/batches/{id}/stop", response=Left, operation_id="stop-batch")
def stop(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """Nobody more is told."""
    me = actor(request)

    def do() -> dict[str, Any]:
        access.require(me, access.STEER)
        rows = Batch.objects.select_related("revision__answer", "advisor", "stopped_by")
        return {"left": batches.stop(get_object_or_404(rows, public_id=id), me, given.why)}

    return changing.once(request, once, do)


def _done(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Answer:
        found = _find(me, public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)


def _shown(found: Answer) -> PublicAnswer:
    own = editions.editions(found)[0]
    newest = own.public or own.draft
    return PublicAnswer(
        id=found.public_id,
        title=newest.title if newest else found.slug,
        short=own.public.short if own.public else "",
        text=own.public.text if own.public else "",
        published_at=own.public.published_at if own.public else None,
        draft=own.draft is not None,
        draft_written_at=own.draft.written_at if own.draft else None,
        withdrawn=found.withdrawn_at is not None,
    )


def _find(reader: Advisor, public_id: UUID) -> Answer:
    access.require(reader, access.READ)
    return get_object_or_404(Answer, public_id=public_id)
