"""What was heard and is looked after: questions, safety cards, impostors, spam, blocks."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk.blocks import actions as blocks
from rejoinder.desk.impostors import actions as impostors
from rejoinder.desk.models import Impostor, Pile
from rejoinder.desk.piles import actions as piles
from rejoinder.desk.piles import listed as piled
from rejoinder.listening import hastened, questions, safety
from rejoinder.listening.models import Block, Mention, Question, SafetyCard
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["hearing"])


class QuestionName(Schema):
    """What a question is called, as people ask it."""

    name: str = Field(min_length=1, max_length=200)


class Hurry(Schema):
    """Whether each who asks it is urgent."""

    urgent: bool


class OneCard(Schema):
    """Somebody may be in danger."""

    id: int
    mention: int
    kind: str
    opened_at: datetime
    owner: str


class Ending(Schema):
    """How it ended."""

    outcome: str = Field(min_length=1, max_length=300)


class OneImpostor(Schema):
    """Somebody who looks like us: how, whose account, and since when they answer people."""

    id: int
    handle: str
    channel: str
    like: str
    account: str
    found_at: datetime
    answers_at: datetime | None
    reported_at: datetime | None


class ImpostorOver(Schema):
    """`gone`, or `none`: it is no impostor and never opens again."""

    as_: Literal["gone", "none"] = Field(alias="as")
    why: str = Field("", max_length=300)


class OnePile(Schema):
    """Spam put out of the queue, and how many conversations are in it."""

    id: int
    mention: int
    why: str
    begun_at: datetime
    many: int


class Freed(Schema):
    """How many conversations wait again."""

    conversations: int


@router.post("/questions/{number}/name", response=shapes.Numbered, operation_id="name-question")
def name_question(
    request: HttpRequest, number: int, given: QuestionName, once: Once
) -> HttpResponse:
    """Give a proposed question its name; that of another makes the two one, which is the answer."""
    return changing.make(
        request, once, lambda me: questions.name(_question(me, number), me, given.name)
    )


@router.post("/questions/{number}/urgent", response=shapes.Done, operation_id="urgent-question")
def urgent(request: HttpRequest, number: int, given: Hurry, once: Once) -> HttpResponse:
    """Each who asks it is urgent, or no longer."""
    mark = hastened.mark if given.urgent else hastened.unmark
    return changing.act(request, once, lambda me: mark(_question(me, number), me))


@router.post("/questions/{number}/dismiss", response=shapes.Done, operation_id="dismiss-question")
def dismiss(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It is no question."""
    return changing.act(request, once, lambda me: questions.dismiss(_question(me, number), me))


@router.get("/safety", response=list[OneCard], operation_id="safety")
def cards(request: HttpRequest) -> list[OneCard]:
    """Safety cards that are open, oldest first."""
    access.require(actor(request), access.STEER)
    rows = SafetyCard.objects.filter(closed_at=None).select_related("owner")
    return [
        OneCard(
            id=each.pk,
            mention=each.mention_id,
            kind=each.kind,
            opened_at=each.opened_at,
            owner=each.owner.name if each.owner else "",
        )
        for each in rows.order_by("opened_at")
    ]


@router.post("/safety/{number}/own", response=shapes.Done, operation_id="own-card")
def own_card(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """See to it."""
    return changing.act(request, once, lambda me: safety.own(_card(me, number), me))


@router.post("/safety/{number}/close", response=shapes.Done, operation_id="close-card")
def close_card(request: HttpRequest, number: int, given: Ending, once: Once) -> HttpResponse:
    """It is known how it ended."""
    return changing.act(
        request, once, lambda me: safety.close(_card(me, number), me, given.outcome)
    )


@router.get("/impostors", response=list[OneImpostor], operation_id="impostors")
def list_impostors(request: HttpRequest) -> list[OneImpostor]:
    """Those that are open, newest first; a hundred at most."""
    access.require(actor(request), access.READ)
    rows = Impostor.objects.filter(end="").select_related("person", "account")
    return [
        OneImpostor(
            id=each.pk,
            handle=each.person.handle,
            channel=each.person.channel,
            like=each.like,
            account=each.account.handle,
            found_at=each.found_at,
            answers_at=each.answers_at,
            reported_at=each.reported_at,
        )
        for each in rows.order_by("-found_at")[:100]
    ]


@router.post("/impostors/{number}/reported", response=shapes.Done, operation_id="reported-impostor")
def reported(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Reported on the platform, by hand."""
    return changing.act(request, once, lambda me: impostors.reported(_impostor(me, number), me))


@router.post("/impostors/{number}/end", response=shapes.Done, operation_id="end-impostor")
def end_impostor(
    request: HttpRequest, number: int, given: ImpostorOver, once: Once
) -> HttpResponse:
    """Gone, or none."""
    return changing.act(
        request,
        once,
        lambda me: impostors.end(_impostor(me, number), me, given.as_, given.why),
    )


@router.post(
    "/conversations/{id}/warn-of/{number}",
    response=shapes.Standing,
    operation_id="warn-of-impostor",
)
def warn(request: HttpRequest, id: UUID, number: int, once: Once) -> HttpResponse:  # noqa: A002
    """Put the warning behind the draft of a conversation that the impostor answered."""
    me = actor(request)

    def do() -> dict[str, Any]:
        talk = impostors.warn(_impostor(me, number), shapes.find(me, id), me)
        return shapes.standing(talk)

    return changing.once(request, once, do)


@router.get("/piles", response=list[OnePile], operation_id="piles")
def list_piles(request: HttpRequest) -> list[OnePile]:
    """The piles that take in what comes, newest first."""
    return [
        OnePile(
            id=each.row.pk,
            mention=each.row.original,
            why=each.row.why,
            begun_at=each.row.begun_at,
            many=each.many,
        )
        for each in piled.standing(actor(request))
    ]


@router.post("/mentions/{number}/pile", response=shapes.Numbered, operation_id="pile")
def pile(request: HttpRequest, number: int, given: shapes.Why, once: Once) -> HttpResponse:
    """Put every copy of a post into a pile of spam."""

    def do(me: Advisor) -> Pile:
        access.require(me, access.STEER)
        return piles.pile(get_object_or_404(Mention, pk=number, ours=False), me, given.why)

    return changing.make(request, once, do)


@router.post("/piles/{number}/dissolve", response=Freed, operation_id="dissolve-pile")
def dissolve(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """They wait again, each in its place."""
    me = actor(request)

    def do() -> dict[str, Any]:
        access.require(me, access.STEER)
        return {"conversations": piles.dissolve(get_object_or_404(Pile, pk=number), me)}

    return changing.once(request, once, do)


@router.post("/blocks/{number}/there", response=shapes.Done, operation_id="blocked-there")
def blocked_there(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Blocked on the platform too, by hand."""

    def do(me: Advisor) -> None:
        access.require(me, access.STEER)
        blocks.blocked_there(get_object_or_404(Block, pk=number, ended_at=None), me)

    return changing.act(request, once, do)


def _question(me: Advisor, number: int) -> Question:
    access.require(me, access.ANSWER)
    return get_object_or_404(Question, pk=number)


def _card(me: Advisor, number: int) -> SafetyCard:
    access.require(me, access.STEER)
    return get_object_or_404(SafetyCard, pk=number)


def _impostor(me: Advisor, number: int) -> Impostor:
    access.require(me, access.DRAFT)
    return get_object_or_404(Impostor.objects.select_related("person", "account"), pk=number)
