"""Whose turn it is: taking, letting go, handing over, closing, putting aside, joining, parting."""

from datetime import datetime
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
from rejoinder.desk import tags
from rejoinder.desk.asleep import sleep
from rejoinder.desk.blocks import actions as blocks
from rejoinder.desk.calling import actions as calling
from rejoinder.desk.models import Snooze, Tag
from rejoinder.desk.parting import actions as parting
from rejoinder.listening.models import Block, Mention
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["turns"])
_ONE = "/conversations/{id}"


class Taken(Schema):
    """What was taken; null when nobody waits whom nobody has."""

    conversation: shapes.Standing | None


class HandOver(Schema):
    """To whom, with a word and when it is due."""

    to: UUID
    note: str = Field("", max_length=1000)
    due_at: datetime | None = None


class Close(shapes.Why):
    """`ask_at` is when it comes back, to ask whether it worked."""

    ask_at: datetime | None = None


class Aside(Schema):
    """Until a time, or until what happens: `wrote`, `answer` or `crisis`."""

    until: datetime | None = None
    event: str = ""


class Other(Schema):
    """Another conversation of the same person."""

    other: UUID


class Words(Schema):
    """Posts of this conversation, by their numbers."""

    mentions: list[int] = Field(min_length=1, max_length=500)


class Blocking(shapes.Why):
    """For what, because of which post, and which other way to be helped there is."""

    ground: str
    mention: int = Field(ge=0, lt=2**63)
    other_way: str = Field(max_length=300)
    days: int = Field(ge=1, le=366)
    sure: bool


class Review(Schema):
    """In how many days it is looked at again."""

    days: int = Field(ge=1, le=366)


class Label(Schema):
    """A tag of the organisation's list."""

    tag: str = Field(max_length=60)


class Note(Schema):
    """Words among colleagues; @name calls one."""

    text: str = Field(max_length=20_000)


@router.post("/take-next", response=Taken, operation_id="take-next")
def take_next(request: HttpRequest, once: Once) -> HttpResponse:
    """Take the first of the queue that nobody has."""
    me = actor(request)

    def do() -> dict[str, Any]:
        found = desk.take_next(me)
        return {"conversation": shapes.standing(found) if found else None}

    return changing.once(request, once, do)


@router.post(f"{_ONE}/take", response=shapes.Standing, operation_id="take")
def take(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Make it this colleague's; 409 `taken` when somebody was quicker."""
    return changing.on_conversation(request, once, id, desk.take)


@router.post(f"{_ONE}/take-out-of-turn", response=shapes.Standing, operation_id="take-out-of-turn")
def take_out_of_turn(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """Take one that the plan keeps back."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: desk.take_out_of_turn(talk, me, given.why)
    )


@router.post(f"{_ONE}/take-over", response=shapes.Standing, operation_id="take-over")
def take_over(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """Take it from a colleague, who keeps the draft."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: desk.take_over(talk, me, given.why)
    )


@router.post(f"{_ONE}/let-go", response=shapes.Standing, operation_id="let-go")
def let_go(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Give it back to the queue."""
    return changing.on_conversation(request, once, id, desk.let_go)


@router.post(f"{_ONE}/hand-over", response=shapes.Standing, operation_id="hand-over")
def hand_over(request: HttpRequest, id: UUID, given: HandOver, once: Once) -> HttpResponse:  # noqa: A002
    """Give it to a colleague."""
    taker = get_object_or_404(Advisor, public_id=given.to, is_active=True)
    return changing.on_conversation(
        request,
        once,
        id,
        lambda talk, me: desk.hand_over(talk, me, taker, given.note, given.due_at),
    )


@router.post(f"{_ONE}/close", response=shapes.Standing, operation_id="close")
def close(request: HttpRequest, id: UUID, given: Close, once: Once) -> HttpResponse:  # noqa: A002
    """Done, for a reason; a new word of the person opens it again."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: desk.close(talk, me, given.why, given.ask_at)
    )


@router.post(f"{_ONE}/snooze", response=shapes.Standing, operation_id="snooze")
def snooze(request: HttpRequest, id: UUID, given: Aside, once: Once) -> HttpResponse:  # noqa: A002
    """Put it aside; it comes back to its place in the queue."""
    if given.event and given.event not in Snooze.Event.values:
        raise ProblemError(422, "not-understood", "event: wrote, answer or crisis")
    if not given.event and (given.until is None or given.until <= clock.now()):
        raise ProblemError(422, "not-understood", "until: a time to come, or an event")
    return changing.on_conversation(
        request, once, id, lambda talk, me: sleep.snooze(talk, me, given.until, given.event)
    )


@router.post(f"{_ONE}/wake", response=shapes.Standing, operation_id="wake")
def wake(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Let it wait again, before its time: what “reopen” is for one that was put aside."""
    return changing.on_conversation(request, once, id, sleep.wake_now)


@router.post(f"{_ONE}/join", response=shapes.Standing, operation_id="join")
def join(request: HttpRequest, id: UUID, given: Other, once: Once) -> HttpResponse:  # noqa: A002
    """The other goes on in this one."""
    gone = shapes.find(actor(request), given.other)
    return changing.on_conversation(
        request, once, id, lambda talk, me: parting.join(talk, gone, me)
    )


@router.post(f"{_ONE}/part", response=Taken, operation_id="part")
def part(request: HttpRequest, id: UUID, given: Words, once: Once) -> HttpResponse:  # noqa: A002
    """These posts go into a conversation of their own, which is the answer."""
    me = actor(request)
    talk = shapes.find(me, id)

    def do() -> dict[str, Any]:
        made = parting.part(talk, me, set(given.mentions))
        return {"conversation": shapes.standing(made)}

    return changing.once(request, once, do)


@router.post(f"{_ONE}/tag", response=shapes.Standing, operation_id="put-tag")
def put_tag(request: HttpRequest, id: UUID, given: Label, once: Once) -> HttpResponse:  # noqa: A002
    """Put a tag of the list on it."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: tags.put(talk, me, given.tag)
    )


@router.post(f"{_ONE}/untag", response=shapes.Standing, operation_id="take-tag-away")
def untag(request: HttpRequest, id: UUID, given: Label, once: Once) -> HttpResponse:  # noqa: A002
    """Take a tag off it."""
    access.require(actor(request), access.DRAFT)
    tag = get_object_or_404(Tag, name__iexact=given.tag)
    return changing.on_conversation(
        request, once, id, lambda talk, me: tags.take_away(talk, me, tag)
    )


@router.post(f"{_ONE}/note", response=shapes.Standing, operation_id="note")
def note(request: HttpRequest, id: UUID, given: Note, once: Once) -> HttpResponse:  # noqa: A002
    """Keep a note; it is never sent."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: desk.note(talk, me, given.text)
    )


@router.post(f"{_ONE}/call", response=shapes.Standing, operation_id="dial")
def call(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """Ring one's own telephone, and theirs once it is lifted."""
    return changing.on_conversation(
        request, once, id, lambda talk, me: calling.call(talk, me, given.why)
    )


@router.post(f"{_ONE}/call/end", response=shapes.Standing, operation_id="hang-up")
def end_call(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Hang up, wherever the call is."""
    return changing.on_conversation(request, once, id, calling.give_up)


@router.post(f"{_ONE}/block", response=shapes.Standing, operation_id="block")
def block(request: HttpRequest, id: UUID, given: Blocking, once: Once) -> HttpResponse:  # noqa: A002
    """Block whoever wrote this; never for criticism."""
    access.require(actor(request), access.STEER)
    talk = shapes.find(actor(request), id)
    mention = Mention.objects.filter(conversation=talk, pk=given.mention).first()
    asking = blocks.Asking(given.ground, given.why, given.other_way, given.days, given.sure)
    return changing.on_conversation(
        request, once, id, lambda talk, me: blocks.block(talk, me, mention, asking)
    )


@router.post("/blocks/{number}/review", response=Review, operation_id="review-block")
def review(request: HttpRequest, number: int, given: Review, once: Once) -> HttpResponse:
    """It still has to be."""
    me, row = actor(request), _block(request, number)

    def do() -> dict[str, Any]:
        blocks.review(row, me, given.days)
        return {"days": given.days}

    return changing.once(request, once, do)


@router.post("/blocks/{number}/end", response=dict[str, int], operation_id="unblock")
def unblock(request: HttpRequest, number: int, given: shapes.Why, once: Once) -> HttpResponse:
    """It is over."""
    me, row = actor(request), _block(request, number)

    def do() -> dict[str, Any]:
        blocks.unblock(row, me, given.why)
        return {"ended": number}

    return changing.once(request, once, do)


def _block(request: HttpRequest, number: int) -> Block:
    access.require(actor(request), access.STEER)
    return get_object_or_404(Block, pk=number, ended_at=None)
