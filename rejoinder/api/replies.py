"""Replies: the draft, the guard, sending now or later, other words, taking back, doubt."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.desk import actions as desk
from rejoinder.desk import amending, guarding, privately
from rejoinder.desk.coaching import actions as coaching
from rejoinder.outbox import actions as outbox
from rejoinder.outbox import replan
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import clock
from rejoinder.team import access

router = Router(tags=["replies"])
_ONE = "/conversations/{id}"
FARTHEST = timedelta(days=365)


class Text(Schema):
    """Words for the person."""

    text: str = Field(max_length=20_000)


class Sending(Text):
    """`at` plans it; `past` sends it past what the guard found, for that reason."""

    private: bool = False
    at: datetime | None = None
    past: str | None = Field(None, max_length=300)


class Editing(Text):
    """Other words, and why; `past` lets them past what the guard found."""

    why: str = Field(max_length=300)
    past: bool = False


class Readers(Text):
    """Whether it is for its reader alone."""

    private: bool


class Room(Schema):
    """Until when room is kept for the reply; or from when there will be some."""

    until: datetime | None
    free_at: datetime | None


class Draft(Schema):
    """This colleague's own, as it was last kept."""

    text: str
    private: bool
    saved_at: datetime | None


class Found(Schema):
    """What the guard would stop, by kind."""

    findings: list[str]


class Way(Schema):
    """Where a reply is: queued, reserved, sending, sent, uncertain, refused or withdrawn."""

    id: UUID
    conversation: UUID
    state: str
    due_at: datetime | None
    private: bool
    url: str


class When(Schema):
    """On any clock; without a zone it is refused."""

    at: datetime


class Saw(Schema):
    """What a person saw on the platform."""

    arrived: bool


@router.get(f"{_ONE}/draft", response=Draft, operation_id="read-draft")
def read_draft(request: HttpRequest, id: UUID) -> Draft:  # noqa: A002  # the word of the address
    """What is written so far."""
    me = actor(request)
    access.require(me, access.DRAFT)
    found = desk.draft(shapes.find(me, id), me)
    if found is None:
        return Draft(text="", private=False, saved_at=None)
    return Draft(text=found.text, private=found.private, saved_at=found.saved_at)


@router.put(f"{_ONE}/draft", response=Room, operation_id="draft")
def draft(request: HttpRequest, id: UUID, given: Text) -> Room:  # noqa: A002
    """Keep what is written so far; the same again is the same, so it takes no key."""
    me = actor(request)
    return _room(desk.room(desk.save_draft(shapes.find(me, id), me, given.text)))


@router.post(f"{_ONE}/start", response=Room, operation_id="start")
def start(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Keep room for a reply before its first word."""
    me = actor(request)
    talk = shapes.find(me, id)
    return changing.once(
        request, once, lambda: _room(desk.start_reply(talk, me)).model_dump(mode="json")
    )


@router.post(f"{_ONE}/check", response=Found, operation_id="check")
def check(request: HttpRequest, id: UUID, given: Text) -> Found:  # noqa: A002
    """What the guard says of a text; changes nothing."""
    me = actor(request)
    access.require(me, access.DRAFT)
    found = guarding.look(shapes.find(me, id), me, given.text)
    return Found(findings=[each.kind.value for each in found])


@router.post(f"{_ONE}/readers", response=Draft, operation_id="choose-readers")
def choose(request: HttpRequest, id: UUID, given: Readers, once: Once) -> HttpResponse:  # noqa: A002
    """For everybody or for its reader alone."""
    me = actor(request)
    talk = shapes.find(me, id)

    def do() -> dict[str, Any]:
        kept = privately.choose(talk, me, private=given.private, text=given.text)
        return {"text": "", "private": kept.private, "saved_at": kept.saved_at.isoformat()}

    return changing.once(request, once, do)


@router.post(f"{_ONE}/send", response=Way, operation_id="send")
def send(request: HttpRequest, id: UUID, given: Sending, once: Once) -> HttpResponse:  # noqa: A002
    """Queue the reply; it leaves after the undo hold, or at `at`. Somebody decided it: a program
    that sends what no person read breaks what the desk promises.
    """
    me = actor(request)
    talk = shapes.find(me, id)
    at = _to_come(given.at) if given.at else None

    def do() -> dict[str, Any]:
        made = desk.answer(talk, me, given.text, past=given.past, private=given.private, at=at)
        return _way(made)

    return changing.once(request, once, do, check=lambda: changing.unmoved(talk, once.if_match))


@router.post(f"{_ONE}/look", response=shapes.Standing, operation_id="ask-look")
def look(request: HttpRequest, id: UUID, given: Text, once: Once) -> HttpResponse:  # noqa: A002
    """Who learns asks a colleague to look at the draft."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: coaching.ask(talk, me, given.text)
    )


@router.get("/replies/{id}", response=Way, operation_id="reply")
def reply(request: HttpRequest, id: UUID) -> dict[str, Any]:  # noqa: A002
    """Where a reply is."""
    return _way(_find(request, id))


@router.post("/replies/{id}/withdraw", response=Way, operation_id="withdraw")
def withdraw(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Undo: take it back before it leaves; its words are in the draft again."""
    me, found = actor(request), _find(request, id)
    return changing.once(request, once, lambda: _way(outbox.withdraw(found, me)))


@router.post("/replies/{id}/time", response=Way, operation_id="change-time")
def change_time(request: HttpRequest, id: UUID, given: When, once: Once) -> HttpResponse:  # noqa: A002
    """Let a planned reply leave at another time."""
    me, found, at = actor(request), _find(request, id), _to_come(given.at)
    return changing.once(request, once, lambda: _way(replan.replan(found, me, at)))


@router.post("/replies/{id}/settle", response=Way, operation_id="settle")
def settle(request: HttpRequest, id: UUID, given: Saw, once: Once) -> HttpResponse:  # noqa: A002
    """Say what somebody saw: it arrived, or it did not."""
    me, found = actor(request), _find(request, id)
    return changing.once(
        request, once, lambda: _way(outbox.settle(found, me, arrived=given.arrived))
    )


@router.post("/replies/{id}/edit", response=Way, operation_id="edit-reply")
def edit(request: HttpRequest, id: UUID, given: Editing, once: Once) -> HttpResponse:  # noqa: A002
    """Other words where it stands, as long as the platform allows."""
    me = actor(request)

    def do() -> dict[str, Any]:
        row = _find(request, id)
        amending.edit(row, me, given.text, given.why, past=given.past)
        return _way(row)

    return changing.once(request, once, do)


@router.post("/replies/{id}/take-back", response=Way, operation_id="take-back-reply")
def take_back(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """Off the platform: it cannot be put back."""
    me = actor(request)

    def do() -> dict[str, Any]:
        row = _find(request, id)
        amending.take_back(row, me, given.why)
        return _way(row)

    return changing.once(request, once, do)


def _room(kept: desk.Room) -> Room:
    return Room(until=kept.until, free_at=kept.free_at)


def _way(row: Reply) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "conversation": str(row.conversation.public_id),
        "state": str(row.state),
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "private": row.private,
        "url": row.url,
    }


def _find(request: HttpRequest, public_id: UUID) -> Reply:
    access.require(actor(request), access.READ)
    rows = Reply.objects.select_related("conversation", "account", "advisor")
    return get_object_or_404(access.visible(actor(request), rows), public_id=public_id)


def _to_come(at: datetime) -> datetime:
    now = clock.now()
    if at.tzinfo is None or not now < at <= now + FARTHEST:
        words = "at: a time with its zone, to come, within a year"
        raise ProblemError(422, "not-understood", words)
    return at
