"""Who works here: inviting, roles, leaving; the house's name, its hours, its acknowledgement."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk import leaving
from rejoinder.desk.acknowledging import settings as acknowledging
from rejoinder.outbox import replan
from rejoinder.team import access, organisation
from rejoinder.team import actions as team
from rejoinder.team.models import Advisor, DayChange
from rejoinder.team.rota import actions as rota
from rejoinder.team.rota import opening

router = Router(tags=["people"])


class Invitation(Schema):
    """Whom, and what they may do: owner, lead, advisor, trainee or auditor."""

    name: str = Field(min_length=1, max_length=100)
    email: str = Field(min_length=3, max_length=254)
    role: str = Field("advisor", max_length=20)


class Invited(shapes.Written):
    """Who it is; `link` lets them in once: only in the first answer, and nowhere else."""

    link: str = ""


class NewRole(Schema):
    """What they may do from now on."""

    role: str = Field(max_length=20)


class House(Schema):
    """The organisation's name, its time zone, and the language it begins with."""

    name: str = Field(max_length=100)
    time_zone: str = Field(max_length=60)
    language: str = Field(max_length=10)


class Agreement(Schema):
    """With whom it was agreed that reports compare colleagues, and when; empty: they do not."""

    agreed: str = Field("", max_length=200)


class Open(Schema):
    """When the house is open: `Mon-Fri 9-17`; `place` is whose public holidays count."""

    hours: str = Field(min_length=1, max_length=300)
    place: str = Field("", max_length=20)


class Acknowledgement(Schema):
    """What is said by itself to who writes privately while nobody is there, by language."""

    texts: dict[str, str] = Field(min_length=1, max_length=20)


class Hold(Schema):
    """How many seconds replies wait for second thoughts."""

    seconds: int = Field(ge=0, le=999)


class Held(Schema):
    """How many seconds they wait now."""

    seconds: int


@router.post("/team", response=Invited, operation_id="invite")
def invite(request: HttpRequest, given: Invitation, once: Once) -> HttpResponse:
    """Invite a colleague."""

    def do(me: Advisor) -> tuple[dict[str, Any], dict[str, str]]:
        colleague, link = team.invite(me, name=given.name, email=given.email, role=given.role)
        return changing.numbered(colleague), {"link": link}

    return changing.make_secretly(request, once, do)


@router.post("/team/{id}/role", response=shapes.Written, operation_id="change-role")
def change_role(request: HttpRequest, id: UUID, given: NewRole, once: Once) -> HttpResponse:  # noqa: A002
    """Give a colleague another role."""
    return _done(
        request, once, id, lambda colleague, me: team.change_role(me, colleague, given.role)
    )


@router.post("/team/{id}/link", response=Invited, operation_id="new-link")
def new_link(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Another link for a colleague who cannot get in."""
    return _linked(request, once, id, team.new_link)


@router.post("/team/{id}/remove", response=shapes.Written, operation_id="remove")
def remove(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """End somebody's access at once; their work goes back to the queue."""
    return _done(request, once, id, lambda colleague, me: leaving.remove(me, colleague))


@router.post("/team/{id}/bring-back", response=Invited, operation_id="bring-back")
def bring_back(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Let a removed colleague in again."""
    return _linked(request, once, id, team.bring_back)


@router.post("/rota/days/{number}/drop", response=shapes.Done, operation_id="drop-change")
def drop_change(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """The ordinary week holds again."""

    def do(me: Advisor) -> None:
        access.require(me, access.STEER)
        rows = DayChange.objects.select_related("advisor")
        rota.drop_change(me, get_object_or_404(rows, pk=number))

    return changing.act(request, once, do)


@router.post("/organisation", response=shapes.Done, operation_id="set-organisation")
def set_organisation(request: HttpRequest, given: House, once: Once) -> HttpResponse:
    """Name, clock, language."""
    return changing.act(
        request,
        once,
        lambda me: organisation.change(
            me, name=given.name, time_zone=given.time_zone, language=given.language
        ),
    )


@router.post("/organisation/compare", response=shapes.Done, operation_id="compare-advisors")
def compare_advisors(request: HttpRequest, given: Agreement, once: Once) -> HttpResponse:
    """Whether reports compare colleagues."""
    return changing.act(
        request, once, lambda me: organisation.compare_advisors(me, agreed=given.agreed)
    )


@router.post("/organisation/set-up", response=shapes.Done, operation_id="finish-setup")
def finish_setup(request: HttpRequest, once: Once) -> HttpResponse:
    """The first steps are done: the pages show them no more."""
    return changing.act(request, once, organisation.finish)


@router.post("/opening-hours", response=shapes.Done, operation_id="set-opening")
def set_opening(request: HttpRequest, given: Open, once: Once) -> HttpResponse:
    """When the house is open."""
    place = given.place.strip().upper()
    return changing.act(request, once, lambda me: opening.set_hours(me, given.hours, place))


@router.post("/opening-hours/rota", response=shapes.Done, operation_id="follow-rota")
def follow_rota(request: HttpRequest, once: Once) -> HttpResponse:
    """Open whenever somebody is on duty."""
    return changing.act(request, once, opening.follow_rota)


@router.post("/acknowledgement", response=shapes.Done, operation_id="begin-acknowledging")
def begin_acknowledging(request: HttpRequest, given: Acknowledgement, once: Once) -> HttpResponse:
    """Say this by itself from now on."""
    return changing.act(request, once, lambda me: acknowledging.begin(me, given.texts))


@router.post("/acknowledgement/end", response=shapes.Done, operation_id="end-acknowledging")
def end_acknowledging(request: HttpRequest, once: Once) -> HttpResponse:
    """Say nothing by itself any more."""
    return changing.act(request, once, acknowledging.end)


@router.post("/hold", response=Held, operation_id="set-hold")
def set_hold(request: HttpRequest, given: Hold, once: Once) -> HttpResponse:
    """How long replies wait for second thoughts; 30 seconds at most."""
    me = actor(request)
    return changing.once(request, once, lambda: {"seconds": replan.set_hold(me, given.seconds)})


def _colleague(me: Advisor, public_id: UUID) -> Advisor:
    access.require(me, access.PEOPLE)
    return get_object_or_404(Advisor, public_id=public_id)


def _done(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Advisor:
        found = _colleague(me, public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)


def _linked(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> tuple[dict[str, Any], dict[str, str]]:
        found = _colleague(me, public_id)
        return changing.numbered(found), {"link": do(me, found)}

    return changing.make_secretly(request, once, done)
