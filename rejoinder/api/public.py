"""What is said to everybody and kept for regulators: answers, crises, incidents, rights."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.answers import actions as answers
from rejoinder.answers import editions
from rejoinder.answers.models import Answer
from rejoinder.answers.words import WORDS, Words
from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.channels.models import Account
from rejoinder.crisis import actions as crisis
from rejoinder.crisis.models import Crisis, Kind
from rejoinder.crisis.policy import Policy
from rejoinder.desk.models import RightsRequest
from rejoinder.desk.rights import register
from rejoinder.desk.rights import rules as rights
from rejoinder.listening.models import Question
from rejoinder.outbox import pause as pauses
from rejoinder.privacy.incidents import registering
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.models import Incident
from rejoinder.team import access

router = Router(tags=["public"])


class Written(Schema):
    """The number of what was made or changed."""

    id: UUID


class PublicAnswer(Schema):
    """A public answer, and whether a draft of the next revision is open."""

    id: UUID
    title: str
    short: str
    text: str
    published_at: datetime | None
    draft: bool
    withdrawn: bool


class Opening(Schema):
    """In words as people ask it, or to a question that is named."""

    title: str = Field("", max_length=WORDS.title)
    question: int | None = Field(None, ge=0, lt=2**63)


class Writing(Schema):
    """Everything of a draft that a person writes. `seen` is when the draft was last written."""

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


class Reason(Schema):
    """The reason."""

    why: str = Field("", max_length=300)


class OneCrisis(Schema):
    """A crisis that is open."""

    id: UUID
    name: str
    began_at: datetime


class Declaring(Schema):
    """The name everybody will know it by, and what it asks of the desk."""

    name: str = Field(min_length=1, max_length=100)
    reserve: float = 1.0
    askers: int = 10


class Line(Schema):
    """What came about."""

    kind: Literal["known", "decided", "said", "done"] = "known"
    words: str = Field(max_length=2000)
    at: datetime | None = None


class Statement(Schema):
    """To everybody, and by when they hear more."""

    words: str = Field(max_length=2000)
    next_at: datetime | None = None


class Word(Schema):
    """What is promised, by when; to one person where a conversation is named."""

    words: str = Field(max_length=2000)
    due_at: datetime
    conversation: UUID | None = None


class Pausing(Schema):
    """How many planned posts are held."""

    held: int


class NewIncident(Schema):
    """What is known of it; words are masked before they are kept."""

    name: str = Field(min_length=1, max_length=100)
    aware_at: datetime
    began_at: datetime | None = None
    personal: bool = True
    provider: bool = False
    network: bool = False
    risk: Literal["unknown", "unlikely", "likely", "high"] = "unknown"
    people: int | None = Field(None, ge=0, le=2_000_000_000)
    facts: str = Field("", max_length=4000)
    effects: str = Field("", max_length=4000)
    remedy: str = Field("", max_length=4000)


class OneIncident(Schema):
    """An incident of the register."""

    id: UUID
    name: str
    aware_at: datetime
    closed_at: datetime | None


class Asking(Schema):
    """What somebody asks for by their rights."""

    kind: Literal["access", "correction", "objection", "erasure"]
    came_at: datetime
    words: str = Field("", max_length=300)


class OneRequest(Schema):
    """A request, and by when it is answered."""

    id: UUID
    kind: str
    came_at: datetime
    due_at: datetime


@router.get("/answers", response=list[PublicAnswer], operation_id="answers")
def list_answers(request: HttpRequest) -> list[PublicAnswer]:
    """Every public answer, the newest first; a hundred at most."""
    access.require(actor(request), access.READ)
    return [_shown(each) for each in Answer.objects.order_by("withdrawn_at", "-opened_at")[:100]]


@router.get("/answers/{id}", response=PublicAnswer, operation_id="answer")
def one_answer(request: HttpRequest, id: UUID) -> PublicAnswer:  # noqa: A002  # the address's word
    """One, as it is public now."""
    return _shown(_answer(request, id))


@router.post("/answers", response=Written, operation_id="open-answer")
def open_answer(request: HttpRequest, given: Opening, once: Once) -> HttpResponse:
    """Begin an answer."""
    me = actor(request)
    access.require(me, access.ANSWER)
    asked = get_object_or_404(Question, pk=given.question) if given.question else None
    title = given.title or (asked.name if asked else "")

    def do() -> dict[str, Any]:
        return _made(answers.open_answer(me, title, [asked] if asked else []))

    return changing.once(request, once, do)


@router.post("/answers/{id}/begin", response=Written, operation_id="begin-revision")
def begin(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """The draft of the next revision."""
    me, found = actor(request), _answer(request, id)

    def do() -> dict[str, Any]:
        answers.begin(found, me)
        return _made(found)

    return changing.once(request, once, do)


@router.post("/answers/{id}/write", response=Written, operation_id="write-answer")
def write(request: HttpRequest, id: UUID, given: Writing, once: Once) -> HttpResponse:  # noqa: A002
    """Keep the draft. A person publishes it at the desk, where it is compared and read for
    plainness, and where a second person stands by it.
    """
    me, found = actor(request), _answer(request, id)

    def do() -> dict[str, Any]:
        draft = editions.draft(found, found.language)
        answers.write(found, me, Words(**given.model_dump()), seen=draft)
        return _made(found)

    return changing.once(request, once, do)


@router.post("/answers/{id}/withdraw", response=Written, operation_id="withdraw-answer")
def withdraw(request: HttpRequest, id: UUID, given: Reason, once: Once) -> HttpResponse:  # noqa: A002
    """Take an answer back; its page says so and why."""
    me, found = actor(request), _answer(request, id)

    def do() -> dict[str, Any]:
        answers.withdraw(found, me, given.why)
        return _made(found)

    return changing.once(request, once, do)


@router.get("/crises", response=list[OneCrisis], operation_id="crisis")
def crises(request: HttpRequest) -> list[OneCrisis]:
    """Those that are open."""
    access.require(actor(request), access.READ)
    return [OneCrisis(id=c.public_id, name=c.name, began_at=c.began_at) for c in crisis.open_ones()]


@router.post("/crises", response=Written, operation_id="declare-crisis")
def declare(request: HttpRequest, given: Declaring, once: Once) -> HttpResponse:
    """Open a crisis."""
    me = actor(request)
    policy = Policy(given.reserve, given.askers)
    return changing.once(request, once, lambda: _made(crisis.declare(me, given.name, policy)))


@router.post("/crises/{id}/note", response=Written, operation_id="note-crisis")
def note(request: HttpRequest, id: UUID, given: Line, once: Once) -> HttpResponse:  # noqa: A002
    """Write down what is known, decided, said or done."""
    me, found = actor(request), _crisis(request, id)

    def do() -> dict[str, Any]:
        crisis.note(found, me, Kind(given.kind), given.words, _zoned(given.at))
        return _made(found)

    return changing.once(request, once, do)


@router.post("/crises/{id}/state", response=Written, operation_id="state-crisis")
def state(request: HttpRequest, id: UUID, given: Statement, once: Once) -> HttpResponse:  # noqa: A002
    """Say it to everybody at the desk; a person publishes it at the desk."""
    me, found = actor(request), _crisis(request, id)

    def do() -> dict[str, Any]:
        crisis.state(found, me, given.words, _zoned(given.next_at))
        return _made(found)

    return changing.once(request, once, do)


@router.post("/crises/{id}/promise", response=Written, operation_id="promise-crisis")
def promise(request: HttpRequest, id: UUID, given: Word, once: Once) -> HttpResponse:  # noqa: A002
    """Give our word."""
    me, found = actor(request), _crisis(request, id)
    talk = shapes.find(me, given.conversation) if given.conversation else None
    due_at = _zoned(given.due_at) or given.due_at

    def do() -> dict[str, Any]:
        crisis.promise(found, me, given.words, due_at, conversation=talk)
        return _made(found)

    return changing.once(request, once, do)


@router.post("/crises/{id}/stand-down", response=Written, operation_id="stand-down")
def stand_down(request: HttpRequest, id: UUID, given: Reason, once: Once) -> HttpResponse:  # noqa: A002
    """It is over."""
    me, found = actor(request), _crisis(request, id)

    def do() -> dict[str, Any]:
        crisis.stand_down(found, me, given.why)
        return _made(found)

    return changing.once(request, once, do)


@router.post("/planned/pause", response=Pausing, operation_id="pause-planned")
def pause(request: HttpRequest, given: Reason, once: Once) -> HttpResponse:
    """Planned posts leave no more."""
    me = actor(request)
    return changing.once(request, once, lambda: {"held": crisis.pause(me, given.why).count})


@router.post("/planned/resume", response=Pausing, operation_id="resume-planned")
def resume(request: HttpRequest, given: Pausing, once: Once) -> HttpResponse:
    """Planned posts go on, if as many wait as is said."""
    me = actor(request)

    def do() -> dict[str, Any]:
        crisis.resume(me, given.held)
        return {"held": pauses.held().count}

    return changing.once(request, once, do)


@router.post("/accounts/{id}/lock", response=Written, operation_id="lock-account")
def lock(request: HttpRequest, id: UUID, given: Reason, once: Once) -> HttpResponse:  # noqa: A002
    """An account sends nothing until it is unlocked."""
    me, account = actor(request), _account(request, id)

    def do() -> dict[str, Any]:
        crisis.lock(account, me, given.why.strip())
        return _made(account)

    return changing.once(request, once, do)


@router.post("/accounts/{id}/unlock", response=Written, operation_id="unlock-account")
def unlock(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """What waits there leaves again."""
    me, account = actor(request), _account(request, id)

    def do() -> dict[str, Any]:
        crisis.unlock(account, me)
        return _made(account)

    return changing.once(request, once, do)


@router.get("/incidents", response=list[OneIncident], operation_id="incidents")
def incidents(request: HttpRequest) -> list[OneIncident]:
    """The register, newest first; a hundred at most."""
    access.require(actor(request), access.PRIVACY)
    rows = Incident.objects.order_by("-aware_at", "-id")[:100]
    return [
        OneIncident(id=i.public_id, name=i.name, aware_at=i.aware_at, closed_at=i.closed_at)
        for i in rows
    ]


@router.post("/incidents", response=Written, operation_id="open-incident")
def open_incident(request: HttpRequest, given: NewIncident, once: Once) -> HttpResponse:
    """Put an incident into the register; its clocks run from `aware_at`."""
    me = actor(request)
    told = given.model_dump() | {"risk": Risk(given.risk)}
    told |= {"aware_at": _zoned(given.aware_at), "began_at": _zoned(given.began_at)}
    known = registering.Known(**told)
    return changing.once(request, once, lambda: _made(registering.open_one(me, known)))


@router.get("/rights", response=list[OneRequest], operation_id="rights")
def list_requests(request: HttpRequest) -> list[OneRequest]:
    """What is open, the next due first."""
    access.require(actor(request), access.READ)
    return [
        OneRequest(id=r.public_id, kind=r.kind, came_at=r.came_at, due_at=register.due(r))
        for r in register.open_ones()
    ]


@router.post("/conversations/{id}/rights", response=Written, operation_id="open-rights-request")
def open_request(request: HttpRequest, id: UUID, given: Asking, once: Once) -> HttpResponse:  # noqa: A002
    """Somebody asks for something by their rights; the clock runs from when it came."""
    me = actor(request)
    talk, came_at = shapes.find(me, id), _zoned(given.came_at) or given.came_at

    def do() -> dict[str, Any]:
        return _made(register.open_one(talk, me, rights.Kind(given.kind), came_at, given.words))

    return changing.once(request, once, do)


@router.post("/rights/{id}/ask-who", response=Written, operation_id="ask-who")
def ask_who(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """They were asked who they are: the clock stands still."""
    me = actor(request)
    access.require(me, access.ANSWER)
    found = get_object_or_404(RightsRequest, public_id=id)

    def do() -> dict[str, Any]:
        register.ask_who(found, me)
        return _made(found)

    return changing.once(request, once, do)


def _made(row: Answer | Crisis | Incident | RightsRequest | Account) -> dict[str, Any]:
    return {"id": str(row.public_id)}


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
        withdrawn=found.withdrawn_at is not None,
    )


def _answer(request: HttpRequest, public_id: UUID) -> Answer:
    access.require(actor(request), access.READ)
    return get_object_or_404(Answer, public_id=public_id)


def _crisis(request: HttpRequest, public_id: UUID) -> Crisis:
    access.require(actor(request), access.READ)
    return get_object_or_404(Crisis, public_id=public_id)


def _account(request: HttpRequest, public_id: UUID) -> Account:
    access.require(actor(request), access.STEER)
    return get_object_or_404(Account, public_id=public_id)


def _zoned(at: datetime | None) -> datetime | None:
    if at is not None and at.tzinfo is None:
        raise ProblemError(422, "not-understood", "a time with its zone, please")
    return at
