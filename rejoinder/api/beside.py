"""What stands beside a conversation: promises, experts' questions, checks, machines, quotes."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk import actions as desk
from rejoinder.desk import helpful
from rejoinder.desk.coaching import actions as coaching
from rejoinder.desk.experts import asking, promises
from rejoinder.desk.helpful import Way
from rejoinder.desk.identity import checking
from rejoinder.desk.machine import drafting
from rejoinder.desk.models import DraftReview, Promise, Quote, Referral
from rejoinder.desk.quotes import asking as quotes
from rejoinder.listening import correct as corrections
from rejoinder.listening import questions
from rejoinder.listening.models import Mention
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["beside"])
_ONE = "/conversations/{id}"


class Told(Schema):
    """What an expert is told who asked back."""

    text: str = Field(min_length=1, max_length=4000)


class Machined(Schema):
    """A machine's words, for a person to read; they stand in the draft, marked."""

    text: str


class Correcting(Schema):
    """What is right of a post: each that is named, by the names of a reading."""

    mention: int = Field(ge=0, lt=2**63)
    intent: str = Field("", max_length=40)
    need: str = Field("", max_length=40)
    question: str = Field("", max_length=200)


class Helping(Schema):
    """Which helpful post of somebody else, and what is said about it."""

    way: Literal["confirm", "correct", "thank"]


class Quoting(Schema):
    """Which of their words, and where they are to stand."""

    words: str = Field(min_length=1, max_length=2000)
    place: str = Field(min_length=1, max_length=120)


class Answered(Schema):
    """What they said to it, and how they want to be named; empty: not at all."""

    answer: Literal["yes", "no", "taken-back"]
    signed: str = Field("", max_length=80)


class Word(Schema):
    """A word to whoever learns."""

    word: str = Field(min_length=1, max_length=1000)


@router.post(f"{_ONE}/promises/{{number}}", response=shapes.Done, operation_id="keep-word")
def keep_promise(request: HttpRequest, id: UUID, number: int, once: Once) -> HttpResponse:  # noqa: A002
    """They have heard what they were promised."""

    def do(me: Advisor) -> None:
        row = get_object_or_404(Promise, pk=number, conversation=shapes.find(me, id))
        promises.keep(row, me)

    return changing.act(request, once, do)


@router.post("/referrals/{id}/tell", response=shapes.Done, operation_id="tell-expert")
def tell_expert(request: HttpRequest, id: UUID, given: Told, once: Once) -> HttpResponse:  # noqa: A002
    """Answer what an expert asked back."""

    def do(me: Advisor) -> None:
        access.require(me, access.ANSWER)
        rows = Referral.objects.select_related("conversation", "area", "asker")
        asking.tell_more(get_object_or_404(rows, public_id=id), me, given.text)

    return changing.act(request, once, do)


@router.post(f"{_ONE}/identity", response=shapes.Standing, operation_id="offer-check")
def offer_check(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Put the link of a new identity check into the draft of the private reply."""

    def offer(talk: Any, me: Advisor) -> None:
        desk.add_to_draft(talk, me, checking.address(checking.offer(talk, me)))

    return changing.on_conversation(request, once, id, offer)


@router.post(f"{_ONE}/machine", response=Machined, operation_id="machine-draft")
def machine_draft(request: HttpRequest, id: UUID) -> Machined:  # noqa: A002
    """Let the machine that an owner chose begin the reply; asked again, it begins again.

    It is marked as the machine's, and leaves only when somebody sends it.
    """
    me = actor(request)
    return Machined(text=drafting.draft(shapes.find(me, id), me).text)


@router.post(f"{_ONE}/reading", response=shapes.Standing, operation_id="correct")
def correct(request: HttpRequest, id: UUID, given: Correcting, once: Once) -> HttpResponse:  # noqa: A002
    """Say what is right of a post; the desk learns from it."""

    def do(talk: Any, me: Advisor) -> None:
        mention = get_object_or_404(Mention, conversation=talk, pk=given.mention)
        for field in corrections.FIELDS:
            if now := getattr(given, field, ""):
                corrections.correct(mention, me, field, now)
        if given.question:
            questions.asks(mention, me, given.question)

    return changing.on_conversation(request, once, id, do)


@router.post(f"{_ONE}/help/{{mention}}", response=shapes.Standing, operation_id="respond-to-help")
def respond(
    request: HttpRequest,
    id: UUID,  # noqa: A002
    mention: int,
    given: Helping,
    once: Once,
) -> HttpResponse:
    """Put words about somebody's helpful post into a draft; answers whose conversation has it."""
    me = actor(request)

    def do() -> dict[str, Any]:
        rows = Mention.objects.select_related("person", "conversation__person")
        row = get_object_or_404(access.visible(me, rows), pk=mention)
        return shapes.standing(helpful.respond(shapes.find(me, id), row, me, Way(given.way)))

    return changing.once(request, once, do)


@router.post("/mentions/{mention}/quote", response=shapes.Standing, operation_id="ask-quote")
def ask_quote(request: HttpRequest, mention: int, given: Quoting, once: Once) -> HttpResponse:
    """Put the question whether they may be quoted into the draft of their conversation."""
    me = actor(request)

    def do() -> dict[str, Any]:
        rows = access.visible(me, Mention.objects.select_related("conversation__person"))
        row = get_object_or_404(rows, pk=mention)
        return shapes.standing(quotes.ask(row, me, given.words, given.place))

    return changing.once(request, once, do)


@router.post(f"{_ONE}/quotes/{{quote}}", response=shapes.Done, operation_id="heard-quote")
def heard_quote(
    request: HttpRequest,
    id: UUID,  # noqa: A002
    quote: int,
    given: Answered,
    once: Once,
) -> HttpResponse:
    """What they said to it: yes, no, or their yes taken back."""

    def do(me: Advisor) -> None:
        row = get_object_or_404(Quote, conversation=shapes.find(me, id), pk=quote)
        quotes.heard(row, me, given.answer, given.signed)

    return changing.act(request, once, do)


@router.post("/coaching/{number}/take-up", response=shapes.Standing, operation_id="take-up-draft")
def take_up(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Look at the draft of somebody who learns: the conversation, with the words in the draft."""
    me = actor(request)

    def do() -> dict[str, Any]:
        access.require(me, access.ANSWER)
        return shapes.standing(coaching.take_up(_review(number), me))

    return changing.once(request, once, do)


@router.post("/coaching/{number}/give-back", response=shapes.Done, operation_id="give-back-draft")
def give_back(request: HttpRequest, number: int, given: Word, once: Once) -> HttpResponse:
    """They write on, with a word."""

    def do(me: Advisor) -> None:
        access.require(me, access.ANSWER)
        coaching.give_back(_review(number), me, given.word)

    return changing.act(request, once, do)


@router.post("/coaching/{number}/word", response=shapes.Done, operation_id="say-of-draft")
def say_of_draft(request: HttpRequest, number: int, given: Word, once: Once) -> HttpResponse:
    """Say something about one that left."""

    def do(me: Advisor) -> None:
        access.require(me, access.ANSWER)
        coaching.say(get_object_or_404(DraftReview, mentor=me, pk=number), me, given.word)

    return changing.act(request, once, do)


def _review(number: int) -> DraftReview:
    return get_object_or_404(DraftReview.objects.select_related("conversation"), pk=number)
