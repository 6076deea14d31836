"""What people may ask for by law, how long things are kept, and holds against deletion."""

from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk import consenting
from rejoinder.desk.models import RightsRequest
from rejoinder.desk.rights import accounts, correcting, granting, register
from rejoinder.desk.rights import rules as rights
from rejoinder.privacy import notice
from rejoinder.privacy.consents import words
from rejoinder.privacy.models import LegalHold
from rejoinder.privacy.retention import holds, periods
from rejoinder.privacy.retention.periods import Periods
from rejoinder.privacy.vault import Person
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["rights"])


class Asking(Schema):
    """What somebody asks for by their rights."""

    kind: Literal["access", "correction", "objection", "erasure"]
    came_at: AwareDatetime
    words: str = Field("", max_length=300)


class OneRequest(Schema):
    """A request, and by when it is answered."""

    id: UUID
    kind: str
    came_at: datetime
    due_at: datetime


class Proof(Schema):
    """How they showed who they are."""

    how: str = Field("", max_length=300)


class Another(Schema):
    """A conversation on another account of theirs, and how they showed that it is theirs."""

    conversation: UUID
    shown: str = Field(min_length=1, max_length=300)


class Putting(Schema):
    """What is right: of `phone`, `email`, `address` or `name`."""

    field: str = Field(max_length=20)
    value: str = Field(min_length=1, max_length=300)


class Right(Schema):
    """On how many accounts it was put right."""

    accounts: int


class Answering(Schema):
    """What was done; or why it is refused."""

    why: str = Field("", max_length=300)
    refused: bool = False


class KeptFor(Schema):
    """Days by channel and by purpose; what is not named is kept without an end. `agreed` is how
    many go by it, as the preview said.
    """

    channels: dict[str, int] = {}
    purposes: dict[str, int] = {}
    agreed: int = Field(0, ge=0)


class Deletes(Schema):
    """How many people and sealed values such periods would delete now."""

    rows: int


class Holding(Schema):
    """Until the end of a day, on a ground: of the person of a conversation; null: of everybody."""

    conversation: UUID | None
    ground: str = Field(min_length=1, max_length=300)
    until: date
    owner: UUID | None = None


class ConsentAsked(Schema):
    """For which purpose (`service-notice` or `marketing`), to the end of which day."""

    purpose: str = Field(max_length=60)
    last_day: date


class ConsentWording(Schema):
    """How a purpose is asked for in a language, with {until} where the day stands."""

    purpose: str = Field(max_length=60)
    language: str = Field(max_length=10)
    text: str = Field(min_length=1, max_length=1000)


class Notice(Schema):
    """The public notice in one language."""

    language: str = Field(max_length=10)
    text: str = Field(max_length=20_000)


@router.get("/rights", response=list[OneRequest], operation_id="rights")
def list_requests(request: HttpRequest) -> list[OneRequest]:
    """What is open, the next due first."""
    access.require(actor(request), access.READ)
    return [
        OneRequest(id=r.public_id, kind=r.kind, came_at=r.came_at, due_at=register.due(r))
        for r in register.open_ones()
    ]


@router.post(
    "/conversations/{id}/rights", response=shapes.Written, operation_id="open-rights-request"
)
def open_request(request: HttpRequest, id: UUID, given: Asking, once: Once) -> HttpResponse:  # noqa: A002
    """Somebody asks for something by their rights; the clock runs from when it came."""
    kind = rights.Kind(given.kind)
    return changing.make(
        request,
        once,
        lambda me: register.open_one(shapes.find(me, id), me, kind, given.came_at, given.words),
    )


@router.post("/rights/{id}/ask-who", response=shapes.Written, operation_id="ask-who")
def ask_who(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """They were asked who they are: the clock stands still."""
    return _done(request, once, id, access.ANSWER, register.ask_who)


@router.post("/rights/{id}/prove", response=shapes.Written, operation_id="prove-who")
def prove(request: HttpRequest, id: UUID, given: Proof, once: Once) -> HttpResponse:  # noqa: A002
    """They have shown who they are."""
    return _done(
        request, once, id, access.ANSWER, lambda found, me: register.prove(found, me, given.how)
    )


@router.post("/rights/{id}/account", response=shapes.Written, operation_id="add-rights-account")
def add_account(request: HttpRequest, id: UUID, given: Another, once: Once) -> HttpResponse:  # noqa: A002
    """The request is about another account of theirs too."""

    def do(found: RightsRequest, me: Advisor) -> None:
        accounts.add(found, shapes.find(me, given.conversation), me, given.shown)

    return _done(request, once, id, access.PRIVACY, do)


@router.post("/rights/{id}/correct", response=Right, operation_id="correct-person")
def correct(request: HttpRequest, id: UUID, given: Putting, once: Once) -> HttpResponse:  # noqa: A002
    """Keep this in place of what was wrong, on each of their accounts that has it."""
    me = actor(request)

    def do() -> dict[str, Any]:
        access.require(me, access.PRIVACY)
        found = get_object_or_404(RightsRequest, public_id=id)
        return {"accounts": correcting.correct(found, me, given.field, given.value)}

    return changing.once(request, once, do)


@router.post("/rights/{id}/silence", response=shapes.Written, operation_id="silence-person")
def silence(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Keep nothing more of what they say that is not said to us."""
    return _done(request, once, id, access.PRIVACY, granting.silence)


@router.post("/rights/{id}/hear-again", response=shapes.Written, operation_id="hear-person-again")
def hear_again(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """They take their objection back."""
    return _done(request, once, id, access.PRIVACY, granting.hear_again)


@router.post("/rights/{id}/extend", response=shapes.Written, operation_id="extend-rights-request")
def extend(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """They were told that it takes longer, and why."""
    return _done(
        request, once, id, access.PRIVACY, lambda found, me: register.extend(found, me, given.why)
    )


@router.post("/rights/{id}/answer", response=shapes.Written, operation_id="answer-rights-request")
def answer(request: HttpRequest, id: UUID, given: Answering, once: Once) -> HttpResponse:  # noqa: A002
    """It is done, or refused with a reason."""
    return _done(
        request,
        once,
        id,
        access.PRIVACY,
        lambda found, me: register.answer(found, me, given.why, refused=given.refused),
    )


@router.post("/retention/preview", response=Deletes, operation_id="preview-retention")
def preview(request: HttpRequest, given: KeptFor) -> Deletes:
    """How much other periods would delete; nothing is changed."""
    access.require(actor(request), access.PRIVACY)
    return Deletes(rows=periods.due(_periods(given)).total)


@router.post("/retention", response=shapes.Done, operation_id="change-retention")
def change_retention(request: HttpRequest, given: KeptFor, once: Once) -> HttpResponse:
    """Keep by other periods from now on."""
    return changing.act(request, once, lambda me: periods.change(me, _periods(given), given.agreed))


@router.post("/holds", response=shapes.Numbered, operation_id="place-hold")
def place_hold(request: HttpRequest, given: Holding, once: Once) -> HttpResponse:
    """Hold what is kept: it is not deleted until the day is over."""

    def do(me: Advisor) -> LegalHold:
        access.require(me, access.PRIVACY)
        talk = shapes.find(me, given.conversation) if given.conversation else None
        person = Person(talk.person.channel, talk.person.external_id) if talk else None
        colleagues = Advisor.objects.filter(is_active=True)
        owner = get_object_or_404(colleagues, public_id=given.owner) if given.owner else me
        ends = timezone.make_aware(datetime.combine(given.until, datetime.min.time()))
        return holds.place(me, person, given.ground, ends + timedelta(days=1), owner)

    return changing.make(request, once, do)


@router.post("/holds/{number}/end", response=shapes.Done, operation_id="end-hold")
def end_hold(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It holds no longer."""
    return changing.act(
        request, once, lambda me: holds.end(get_object_or_404(LegalHold, pk=number), me)
    )


@router.post(
    "/conversations/{id}/consent/ask", response=shapes.Standing, operation_id="ask-consent"
)
def ask_consent(request: HttpRequest, id: UUID, given: ConsentAsked, once: Once) -> HttpResponse:  # noqa: A002
    """Put the question into the draft of a private reply."""
    return changing.on_conversation(
        request,
        once,
        id,
        lambda talk, me: consenting.ask(talk, me, given.purpose, given.last_day),
    )


@router.post("/consent-words", response=shapes.Numbered, operation_id="write-consent-words")
def write_words(request: HttpRequest, given: ConsentWording, once: Once) -> HttpResponse:
    """Ask in these words from now on."""
    return changing.make(
        request, once, lambda me: words.write(me, given.purpose, given.language, given.text)
    )


@router.post("/privacy-notice", response=shapes.Done, operation_id="write-notice")
def write_notice(request: HttpRequest, given: Notice, once: Once) -> HttpResponse:
    """What the public notice says in one language."""
    return changing.act(request, once, lambda me: notice.write(me, given.language, given.text))


def _done(request: HttpRequest, once: Any, public_id: UUID, right: str, do: Any) -> HttpResponse:
    def done(me: Advisor) -> RightsRequest:
        access.require(me, right)
        found = get_object_or_404(RightsRequest, public_id=public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)


def _periods(given: KeptFor) -> Periods:
    wanted = Periods(given.channels, given.purposes)
    periods.check(wanted)
    return wanted
