"""A bad day: alarms, declaring and standing down, the timeline, promises, and the brakes."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.channels.models import Account
from rejoinder.crisis import actions as crisis
from rejoinder.crisis.alarm import alarms, naming
from rejoinder.crisis.models import Alarm, Crisis, Kind, Planned, Promise
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.outbox import lock as locks
from rejoinder.outbox import pause as pauses
from rejoinder.outbox.models import Stranger
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["crises"])


class OneAlarm(Schema):
    """More than usual: `came` in the last `seconds` where `usual` come."""

    id: UUID
    area: str
    question: str
    raised_at: datetime
    came: float
    usual: float
    seconds: int
    acknowledged_by: str


class Event(Schema):
    """Something that will be talked about: alarms within it call nobody."""

    name: str = Field(min_length=1, max_length=100)
    begins: AwareDatetime
    ends: AwareDatetime


class Tuning(Schema):
    """How many false alarms a week are bearable, and where the people live who write."""

    false_alarms: float
    zone: str = Field(max_length=60)
    place: str = Field("", max_length=20)


class Places(Schema):
    """Lines of `name, other name = area`; `shipped` are those that come with the desk."""

    own: str = Field("", max_length=200_000)
    shipped: bool = True


class OneCrisis(Schema):
    """A crisis that is open."""

    id: UUID
    name: str
    began_at: datetime


class Asked(Schema):
    """What a crisis asks of the desk."""

    reserve: float = 1.0
    askers: int = 10
    tone: Tone = Tone.PLAIN


class Declaring(Asked):
    """The name everybody will know it by, and what it asks of the desk."""

    name: str = Field(min_length=1, max_length=100)


class Changing(Asked):
    """Another policy; with `on_call`, whom it calls from now on."""

    on_call: list[UUID] | None = Field(None, max_length=50)


class Line(Schema):
    """What came about."""

    kind: Literal["known", "decided", "said", "done"] = "known"
    words: str = Field(max_length=2000)
    at: AwareDatetime | None = None


class Statement(Schema):
    """To everybody, and by when they hear more."""

    words: str = Field(max_length=2000)
    next_at: AwareDatetime | None = None


class Pledge(Schema):
    """What is promised, by when; to one person where a conversation is named."""

    words: str = Field(max_length=2000)
    due_at: AwareDatetime
    conversation: UUID | None = None


class Keeping(Schema):
    """How it was kept."""

    words: str = Field("", max_length=2000)


class Pausing(Schema):
    """How many planned posts are held."""

    held: int


@router.get("/alarms", response=list[OneAlarm], operation_id="alarms")
def list_alarms(request: HttpRequest) -> list[OneAlarm]:
    """Those that are open, newest first."""
    access.require(actor(request), access.READ)
    rows = Alarm.objects.filter(until=None).select_related("question", "acknowledged_by")
    return [_alarm(each) for each in rows.order_by("-raised_at")[:100]]


@router.post("/alarms/{id}/acknowledge", response=shapes.Done, operation_id="acknowledge-alarm")
def acknowledge(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """See to an alarm; `done` is false when a colleague does already."""
    me = actor(request)

    def do() -> dict[str, Any]:
        access.require(me, access.ANSWER)
        return {"done": alarms.acknowledge(get_object_or_404(Alarm, public_id=id), me)}

    return changing.once(request, once, do)


@router.post("/events", response=shapes.Numbered, operation_id="plan-event")
def plan_event(request: HttpRequest, given: Event, once: Once) -> HttpResponse:
    """Plan an event that will be talked about."""
    return changing.make(
        request, once, lambda me: alarms.plan(me, given.name, given.begins, given.ends)
    )


@router.post("/events/{number}/call-off", response=shapes.Done, operation_id="call-off-event")
def call_off(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It does not take place, or is over."""
    return changing.act(
        request, once, lambda me: alarms.call_off(get_object_or_404(Planned, pk=number), me)
    )


@router.post("/alarms/tune", response=shapes.Done, operation_id="tune-alarms")
def tune(request: HttpRequest, given: Tuning, once: Once) -> HttpResponse:
    """How loud the alarms are."""
    return changing.act(
        request, once, lambda me: alarms.tune(me, given.false_alarms, given.zone, given.place)
    )


@router.post("/places", response=shapes.Done, operation_id="set-places")
def set_places(request: HttpRequest, given: Places, once: Once) -> HttpResponse:
    """Which places are looked for in what people write."""
    return changing.act(
        request, once, lambda me: naming.set_places(me, given.own, shipped=given.shipped)
    )


@router.get("/crises", response=list[OneCrisis], operation_id="crisis")
def crises(request: HttpRequest) -> list[OneCrisis]:
    """Those that are open."""
    access.require(actor(request), access.READ)
    return [OneCrisis(id=c.public_id, name=c.name, began_at=c.began_at) for c in crisis.open_ones()]


@router.post("/crises", response=shapes.Written, operation_id="declare-crisis")
def declare(request: HttpRequest, given: Declaring, once: Once) -> HttpResponse:
    """Open a crisis."""
    return changing.make(request, once, lambda me: crisis.declare(me, given.name, _policy(given)))


@router.post("/crises/{id}/policy", response=shapes.Written, operation_id="change-crisis-policy")
def change_policy(request: HttpRequest, id: UUID, given: Changing, once: Once) -> HttpResponse:  # noqa: A002
    """Work with another policy from now on."""

    def do(found: Crisis, me: Advisor) -> None:
        named = Advisor.objects.filter(is_active=True, public_id__in=given.on_call or [])
        on_call = None if given.on_call is None else list(named)
        crisis.change_policy(found, me, _policy(given), on_call=on_call)

    return _done(request, once, id, do)


@router.post("/crises/{id}/note", response=shapes.Written, operation_id="note-crisis")
def note(request: HttpRequest, id: UUID, given: Line, once: Once) -> HttpResponse:  # noqa: A002
    """Write down what is known, decided, said or done."""
    kind = Kind(given.kind)
    return _done(
        request, once, id, lambda found, me: crisis.note(found, me, kind, given.words, given.at)
    )


@router.post("/crises/{id}/state", response=shapes.Written, operation_id="state-crisis")
def state(request: HttpRequest, id: UUID, given: Statement, once: Once) -> HttpResponse:  # noqa: A002
    """Say it to everybody at the desk; a person publishes it at the desk."""
    return _done(
        request, once, id, lambda found, me: crisis.state(found, me, given.words, given.next_at)
    )


@router.post("/crises/{id}/promise", response=shapes.Written, operation_id="promise-crisis")
def promise(request: HttpRequest, id: UUID, given: Pledge, once: Once) -> HttpResponse:  # noqa: A002
    """Give our word."""

    def do(found: Crisis, me: Advisor) -> None:
        talk = shapes.find(me, given.conversation) if given.conversation else None
        crisis.promise(found, me, given.words, given.due_at, conversation=talk)

    return _done(request, once, id, do)


@router.post("/crises/promises/{number}/keep", response=shapes.Done, operation_id="keep-promise")
def keep(request: HttpRequest, number: int, given: Keeping, once: Once) -> HttpResponse:
    """It is done as promised."""

    def do(me: Advisor) -> None:
        access.require(me, access.ANSWER)
        rows = Promise.objects.select_related("crisis")
        crisis.keep(get_object_or_404(rows, pk=number), me, given.words)

    return changing.act(request, once, do)


@router.post("/crises/{id}/stand-down", response=shapes.Written, operation_id="stand-down")
def stand_down(request: HttpRequest, id: UUID, given: shapes.Reason, once: Once) -> HttpResponse:  # noqa: A002
    """It is over."""
    return _done(request, once, id, lambda found, me: crisis.stand_down(found, me, given.why))


@router.post("/planned/pause", response=Pausing, operation_id="pause-planned")
def pause(request: HttpRequest, given: shapes.Reason, once: Once) -> HttpResponse:
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


@router.post("/accounts/{id}/lock", response=shapes.Written, operation_id="lock-account")
def lock(request: HttpRequest, id: UUID, given: shapes.Reason, once: Once) -> HttpResponse:  # noqa: A002
    """An account sends nothing until it is unlocked."""
    return _account(request, once, id, lambda found, me: crisis.lock(found, me, given.why.strip()))


@router.post("/accounts/{id}/unlock", response=shapes.Written, operation_id="unlock-account")
def unlock(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """What waits there leaves again."""
    return _account(request, once, id, crisis.unlock)


@router.post("/accounts/{id}/revoke", response=shapes.Written, operation_id="revoke-account")
def revoke(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Destroy the desk's credentials of an account that somebody else has got hold of."""
    return _account(request, once, id, locks.revoke)


@router.post("/strangers/{number}/seen", response=shapes.Done, operation_id="see-stranger")
def see_stranger(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Look after a post on a locked account that we did not make."""
    return changing.act(
        request, once, lambda me: locks.seen(get_object_or_404(Stranger, pk=number), me)
    )


def _alarm(each: Alarm) -> OneAlarm:
    return OneAlarm(
        id=each.public_id,
        area=each.area,
        question=each.question.name if each.question else "",
        raised_at=each.raised_at,
        came=each.came,
        usual=each.usual,
        seconds=each.seconds,
        acknowledged_by=each.acknowledged_by.name if each.acknowledged_by else "",
    )


def _policy(given: Asked) -> Policy:
    return Policy(given.reserve, given.askers, given.tone)


def _done(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Crisis:
        access.require(me, access.READ)
        found = get_object_or_404(Crisis, public_id=public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)


def _account(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Account:
        access.require(me, access.STEER)
        found = get_object_or_404(Account, public_id=public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)
