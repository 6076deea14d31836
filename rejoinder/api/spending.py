"""How scarce replies are spent: the plan, its course, the money; and the clock of a rehearsal."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.plan import money, settings
from rejoinder.drill.play import control
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["spending"])


class Purse(Schema):
    """Money that replies of an account may take in a window."""

    account: UUID
    name: str = Field(max_length=60)
    cap: float = Field(ge=0, le=money.MOST)


class Plan(Schema):
    """`reserve` scales what is kept for urgent people, `askers` is how many ask before a public
    answer is proposed, `advisors` how many are on duty in each of 24 hours (null: as seen).
    """

    on: bool = True
    reserve: float = 1.0
    askers: int = 10
    mode: PlanSettings.Mode = PlanSettings.Mode.WITHIN_THE_HOUR
    advisors: list[int] | None = Field(None, min_length=24, max_length=24)


class NewPlan(Plan):
    """The same, with the sums that are to change."""

    money: list[Purse] = Field(default=[], max_length=200)


class InForce(Plan):
    """The same, and since when."""

    money: list[Purse]
    changed_at: datetime | None


class Course(Schema):
    """Everybody in turn, or by the plan."""

    course: Literal["in-turn", "plan"]


class Speed(Schema):
    """How many times as fast the clock runs; 0 lets it stand."""

    speed: float = Field(ge=0, le=max(control.SPEEDS))


@router.get("/plan", response=InForce, operation_id="plan")
def plan(request: HttpRequest) -> InForce:
    """The settings in force."""
    access.require(actor(request), access.READ)
    now = settings.current()
    return InForce(
        on=now.on,
        reserve=now.reserve,
        askers=now.askers,
        mode=PlanSettings.Mode(now.mode),
        advisors=now.advisors,
        changed_at=now.changed_at,
        money=[
            Purse(account=each.account.public_id, name=each.name, cap=each.cap)
            for each in money.purses()
        ],
    )


@router.post("/plan", response=shapes.Done, operation_id="change-plan")
def change(request: HttpRequest, given: NewPlan, once: Once) -> HttpResponse:
    """Plan with these settings from now on."""

    def do(me: Advisor) -> None:
        settings.change(me, PlanSettings(**given.model_dump(exclude={"money"})))
        money.change(me, _sums(given.money))

    return changing.act(request, once, do)


@router.post("/plan/course", response=shapes.Done, operation_id="choose-course")
def choose_course(request: HttpRequest, given: Course, once: Once) -> HttpResponse:
    """Change the course; what many ask is answered in public (`open-answer`)."""

    def do(me: Advisor) -> None:
        wanted = settings.current()
        wanted.on = given.course != "in-turn"
        settings.change(me, wanted)

    return changing.act(request, once, do)


@router.post("/drill/speed", response=shapes.Done, operation_id="drill-speed")
def drill_speed(request: HttpRequest, given: Speed, once: Once) -> HttpResponse:
    """Run a rehearsal faster or slower."""
    return changing.act(request, once, lambda me: control.set_speed(_drilling(me), given.speed))


@router.post("/drill/end", response=shapes.Done, operation_id="drill-end")
def drill_end(request: HttpRequest, once: Once) -> HttpResponse:
    """The day of a rehearsal is over now."""
    return changing.act(request, once, lambda me: control.end(_drilling(me)))


def _sums(given: list[Purse]) -> dict[tuple[int, str], float]:
    known = {(each.account.public_id, each.name): each.key for each in money.purses()}
    wanted: dict[Any, float] = {}
    for one in given:
        if (one.account, one.name) not in known:
            raise ProblemError(422, "not-understood", f"money: no limit {one.name} there")
        wanted[known[one.account, one.name]] = one.cap
    return wanted


def _drilling(me: Advisor) -> Advisor:
    if control.standing() is None:
        raise Http404
    return me
