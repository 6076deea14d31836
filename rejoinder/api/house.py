"""Around the conversations: experts, calls back, watches, the rota."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.channels.models import Account
from rejoinder.desk import callbacks
from rejoinder.desk.experts import areas, asking
from rejoinder.desk.models import Expert, Referral
from rejoinder.listening import watches
from rejoinder.listening.models import Watch
from rejoinder.listening.watch.parse import ParseError
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.team.rota import actions as rota
from rejoinder.team.rota import duty

router = Router(tags=["house"])


class Question(Schema):
    """What is asked of these experts, all of one area; `promised_at` is what the person is told."""

    experts: list[int] = Field(min_length=1, max_length=50)
    text: str = Field(max_length=4000)
    due_at: datetime
    promised_at: datetime | None = None


class Slot(Schema):
    """A time to call somebody back that has room."""

    from_at: datetime
    to_at: datetime


class Watching(Schema):
    """A saved query, and whether it is on."""

    id: int
    name: str
    words: str
    on: bool


class NewWatch(Schema):
    """What is looked for; with an account, only there."""

    name: str = Field(min_length=1, max_length=100)
    words: str = Field(min_length=1, max_length=2000)
    account: UUID | None = None


class Switch(Schema):
    """On or off."""

    on: bool


class OnDuty(Schema):
    """Who works now; `kept` is false where no rota is kept, and then everybody counts."""

    people: list[shapes.Colleague]


class Hours(Schema):
    """An ordinary week as the page takes it: `Mon-Fri 9-17`."""

    hours: str = Field(max_length=300)
    place: str = Field("", max_length=20)
    pace: int = Field(12, ge=1, le=500)
    languages: list[str] = Field(default=[], max_length=20)
    skills: list[str] = Field(default=[], max_length=20)


class Days(Schema):
    """Other hours on these days; none: away."""

    first: date
    last: date
    hours: str = Field("", max_length=300)
    why: str = Field("", max_length=100)


@router.post("/conversations/{id}/ask", response=shapes.Written, operation_id="ask-expert")
def ask(request: HttpRequest, id: UUID, given: Question, once: Once) -> HttpResponse:  # noqa: A002
    """Ask experts; the answer comes back into the conversation."""
    me = actor(request)
    talk = shapes.find(me, id)
    if given.due_at.tzinfo is None or (given.promised_at and given.promised_at.tzinfo is None):
        raise ProblemError(422, "not-understood", "times with their zone, please")

    def do() -> dict[str, Any]:
        made = asking.ask(
            talk, me, _experts(given.experts), given.text, given.due_at,
            promised_at=given.promised_at,
        )  # fmt: skip
        return {"id": str(made.public_id)}

    return changing.once(request, once, do)


@router.post("/referrals/{id}/take-back", response=shapes.Written, operation_id="take-back")
def take_back(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Experts need not answer any more."""
    return _referral(request, id, once, asking.take_back)


@router.post("/referrals/{id}/use", response=shapes.Written, operation_id="use-expert")
def use(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Put the expert's answer into the draft."""
    return _referral(request, id, once, asking.use)


@router.get("/callbacks/slots", response=list[Slot], operation_id="callback-slots")
def slots(request: HttpRequest) -> list[Slot]:
    """Times at which somebody can be called back."""
    access.require(actor(request), access.READ)
    return [Slot(from_at=start, to_at=end) for start, end in callbacks.offered()]


@router.get("/watches", response=list[Watching], operation_id="watches")
def list_watches(request: HttpRequest) -> list[Watching]:
    """What is looked for."""
    access.require(actor(request), access.READ)
    rows = watches.listed(actor(request))
    return [Watching(id=w.pk, name=w.name, words=w.words, on=w.enabled) for w in rows]


@router.post("/watches", response=shapes.Numbered, operation_id="write-watch")
def write_watch(request: HttpRequest, given: NewWatch, once: Once) -> HttpResponse:
    """A new watch."""
    return _watch(request, given, once, None)


@router.post("/watches/{number}", response=shapes.Numbered, operation_id="change-watch")
def change_watch(request: HttpRequest, number: int, given: NewWatch, once: Once) -> HttpResponse:
    """Other words for a watch."""
    access.require(actor(request), access.STEER)
    return _watch(request, given, once, get_object_or_404(Watch, pk=number))


@router.post("/watches/{number}/switch", response=shapes.Numbered, operation_id="switch-watch")
def switch(request: HttpRequest, number: int, given: Switch, once: Once) -> HttpResponse:
    """On or off; what it caught stays."""
    me = actor(request)
    access.require(me, access.STEER)
    watch = get_object_or_404(Watch, pk=number)

    def do() -> dict[str, Any]:
        watches.switch(me, watch, on=given.on)
        return {"id": watch.pk}

    return changing.once(request, once, do)


@router.get("/on-duty", response=OnDuty, operation_id="on-duty")
def on_duty(request: HttpRequest) -> OnDuty:
    """Who answers now."""
    access.require(actor(request), access.READ)
    return OnDuty(
        people=[shapes.Colleague(id=each.public_id, name=each.name) for each in duty.answering()]
    )


@router.post("/rota/{id}/hours", response=shapes.Written, operation_id="set-hours")
def set_hours(request: HttpRequest, id: UUID, given: Hours, once: Once) -> HttpResponse:  # noqa: A002
    """An ordinary week of a colleague."""
    me, colleague = actor(request), _colleague(request, id)

    def do() -> dict[str, Any]:
        rota.set_hours(
            me, colleague, typed=given.hours, place=given.place, pace=given.pace,
            languages=given.languages, skills=given.skills,
        )  # fmt: skip
        return {"id": str(colleague.public_id)}

    return changing.once(request, once, do)


@router.post("/rota/{id}/days", response=shapes.Numbered, operation_id="change-days")
def change_days(request: HttpRequest, id: UUID, given: Days, once: Once) -> HttpResponse:  # noqa: A002
    """Other hours on some days, or away."""
    me, colleague = actor(request), _colleague(request, id)

    def do() -> dict[str, Any]:
        made = rota.change_days(
            me, colleague, given.first, given.last, typed=given.hours, why=given.why
        )
        return {"id": made.pk}

    return changing.once(request, once, do)


def _experts(numbers: list[int]) -> list[Expert]:
    known = {one.pk: one for area in areas.to_ask() for one in area.experts.all()}
    return [known[number] for number in numbers if number in known]


def _referral(request: HttpRequest, public_id: UUID, once: Any, act: Any) -> HttpResponse:
    me = actor(request)
    access.require(me, access.ANSWER)
    row = get_object_or_404(Referral.objects.select_related("conversation"), public_id=public_id)

    def do() -> dict[str, Any]:
        act(row, me)
        return {"id": str(row.public_id)}

    return changing.once(request, once, do)


def _watch(request: HttpRequest, given: NewWatch, once: Any, watch: Watch | None) -> HttpResponse:
    me = actor(request)
    access.require(me, access.STEER)
    account = get_object_or_404(Account, public_id=given.account) if given.account else None

    def do() -> dict[str, Any]:
        try:
            return {"id": watches.write(me, watch, given.name, given.words, account).pk}
        except ParseError as error:
            raise ProblemError(422, "not-understood", str(error)) from error

    return changing.once(request, once, do)


def _colleague(request: HttpRequest, public_id: UUID) -> Advisor:
    access.require(actor(request), access.STEER)
    return get_object_or_404(Advisor, public_id=public_id, is_active=True)
