"""Reports: the board's word, areas of questions, digests, and views that are kept and shown."""

import csv
from datetime import date
from io import StringIO
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.desk.models import BusinessArea, Expert
from rejoinder.reporting import board, mapping
from rejoinder.reporting.digest import choosing
from rejoinder.reporting.explore import asking, links, times, views
from rejoinder.reporting.lines import keeping as lines
from rejoinder.reporting.lines.read import LONGEST
from rejoinder.reporting.models import LineImport, SavedView, ViewLink, ViewTime
from rejoinder.reporting.spans import week_of
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["reports"])


class BoardWord(Schema):
    """What the board is asked for, in the week of a day."""

    day: date
    text: str = Field("", max_length=4000)


class Mapping(Schema):
    """The area of each question, by their numbers; null: none."""

    questions: dict[int, int | None] = Field(min_length=1, max_length=1000)


class Changed(Schema):
    """How many questions changed their area."""

    questions: int


class Usual(Schema):
    """Names of areas with the intents of a reading that belong there."""

    areas: dict[str, list[str]] = Field(min_length=1, max_length=50)


class Digest(Schema):
    """Who hears what an area was told, on which day (0 is Monday) at which hour; null: nobody."""

    expert: int | None = Field(ge=0, lt=2**63)
    weekday: int = Field(0, ge=0, le=6)
    hour: int = Field(8, ge=0, le=23)


class OneCall(Schema):
    """A call on a line: when it came, how long it waited, whether somebody answered; no caller."""

    at: AwareDatetime
    seconds: float = Field(ge=0, le=LONGEST)
    answered: bool
    need: Literal["", "urgent", "specific", "common", "vent", "abuse", "none"] = ""


class Calls(Schema):
    """Calls on a line that another system answers."""

    line: str = Field(min_length=1, max_length=40)
    calls: list[OneCall] = Field(min_length=1, max_length=10_000)


class OneView(Schema):
    """A question to Explore under a name; `asks` are the values of its address."""

    id: int
    name: str
    asks: dict[str, str]
    shared: bool
    mine: bool


class NewView(Schema):
    """The same, to be kept."""

    name: str = Field(min_length=1, max_length=80)
    asks: dict[str, str] = Field(max_length=20)
    shared: bool = False


class Shown(Schema):
    """Until the end of which day, and which sites may frame it, one to a line."""

    last: date
    sites: str = Field("", max_length=1000)


class Link(shapes.Numbered):
    """The number of a link; `address` only in the first answer, and nowhere else."""

    address: str = ""


class Weekly(Schema):
    """To whom a view goes each week: one colleague or one expert."""

    colleague: UUID | None = None
    expert: int | None = Field(None, ge=0, lt=2**63)
    weekday: int = Field(ge=0, le=6)
    hour: int = Field(ge=0, le=23)


@router.post("/reports/board", response=shapes.Done, operation_id="write-board")
def write_board(request: HttpRequest, given: BoardWord, once: Once) -> HttpResponse:
    """What the board is asked for in a week."""
    return changing.act(request, once, lambda me: board.write(me, week_of(given.day), given.text))


@router.post("/reports/areas", response=Changed, operation_id="begin-areas")
def begin_areas(request: HttpRequest, given: Usual, once: Once) -> HttpResponse:
    """Begin with these areas; answers how many are new."""
    me = actor(request)
    return changing.once(request, once, lambda: {"questions": mapping.begin(me, given.areas)})


@router.post("/reports/questions", response=Changed, operation_id="keep-mapping")
def keep_mapping(request: HttpRequest, given: Mapping, once: Once) -> HttpResponse:
    """Which area each of these questions belongs to."""
    me = actor(request)

    def do() -> dict[str, Any]:
        access.require(me, access.STEER)
        wanted = {number for number in given.questions.values() if number is not None}
        known = BusinessArea.objects.filter(ended_at=None).in_bulk(list(wanted))
        if wanted - set(known):
            raise ProblemError(422, "not-understood", "questions: an area that there is not")
        found = {q: known[a] if a is not None else None for q, a in given.questions.items()}
        return {"questions": mapping.keep(me, found)}

    return changing.once(request, once, do)


@router.post("/areas/{number}/digest", response=shapes.Done, operation_id="choose-digest")
def choose_digest(request: HttpRequest, number: int, given: Digest, once: Once) -> HttpResponse:
    """Who hears each week what was said of an area."""

    def do(me: Advisor) -> None:
        access.require(me, access.STEER)
        area = get_object_or_404(BusinessArea, pk=number, ended_at=None)
        if given.expert is None:
            choosing.stop(me, area)
            return
        expert = get_object_or_404(Expert, pk=given.expert)
        choosing.choose(me, area, expert, given.weekday, given.hour)

    return changing.act(request, once, do)


@router.post("/reports/lines", response=shapes.Numbered, operation_id="bring-line")
def bring_line(request: HttpRequest, given: Calls, once: Once) -> HttpResponse:
    """Bring in how long callers waited on a line that another system answers."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(["at", "seconds", "answered", "need"])
    for call in given.calls:
        said = "yes" if call.answered else "no"
        writer.writerow([call.at.isoformat(), call.seconds, said, call.need])
    raw = file.getvalue().encode()
    return changing.make(request, once, lambda me: lines.bring_in(me, given.line, raw))


@router.post("/reports/lines/{number}/out", response=shapes.Done, operation_id="take-out-line")
def take_out_line(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It was wrong: its calls are gone from the reports."""

    def do(me: Advisor) -> None:
        access.require(me, access.STEER)
        lines.take_out(get_object_or_404(LineImport, pk=number), me)

    return changing.act(request, once, do)


@router.get("/views", response=list[OneView], operation_id="views")
def list_views(request: HttpRequest) -> list[OneView]:
    """One's own and those of the team."""
    me = actor(request)
    return [
        OneView(
            id=each.pk,
            name=each.name,
            asks=each.asks,
            shared=each.shared,
            mine=each.made_by_id == me.pk,
        )
        for each in views.seen(me)
    ]


@router.post("/views", response=shapes.Numbered, operation_id="save-view")
def save_view(request: HttpRequest, given: NewView, once: Once) -> HttpResponse:
    """Keep a view; what is not understood of `asks` is as if it were not there."""
    asked = asking.asked(given.asks)
    return changing.make(
        request, once, lambda me: views.save(me, given.name, asked, shared=given.shared)
    )


@router.post("/views/{number}/remove", response=shapes.Done, operation_id="remove-view")
def remove_view(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """One's own, or as a lead one of the team."""
    return changing.act(request, once, lambda me: views.remove(me, _seen(me, number)))


@router.post("/views/{number}/links", response=Link, operation_id="make-view-link")
def make_link(request: HttpRequest, number: int, given: Shown, once: Once) -> HttpResponse:
    """Show a view outside, read-only, until a day ends."""

    def do(me: Advisor) -> tuple[dict[str, Any], dict[str, str]]:
        link, address = links.make(me, _seen(me, number), given.last, given.sites)
        return changing.numbered(link), {"address": address}

    return changing.make_secretly(request, once, do)


@router.post("/views/links/{number}/end", response=shapes.Done, operation_id="end-view-link")
def end_link(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It opens no more."""

    def do(me: Advisor) -> None:
        rows = ViewLink.objects.filter(view__in=views.seen(me)).select_related("view")
        links.end(me, get_object_or_404(rows, pk=number))

    return changing.act(request, once, do)


@router.post("/views/{number}/times", response=shapes.Done, operation_id="choose-view-time")
def choose_time(request: HttpRequest, number: int, given: Weekly, once: Once) -> HttpResponse:
    """Send it to somebody each week."""

    def do(me: Advisor) -> None:
        view = _seen(me, number)
        times.choose(me, view, _person(given), given.weekday, given.hour)

    return changing.act(request, once, do)


@router.post("/views/times/{number}/end", response=shapes.Done, operation_id="end-view-time")
def end_time(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It goes there no more."""

    def do(me: Advisor) -> None:
        rows = ViewTime.objects.select_related("view", "advisor", "expert")
        mine = rows.filter(view__in=views.seen(me))
        times.stop(me, get_object_or_404(mine, pk=number))

    return changing.act(request, once, do)


def _seen(me: Advisor, number: int) -> SavedView:
    return get_object_or_404(views.seen(me), pk=number)


def _person(given: Weekly) -> Advisor | Expert:
    if (given.colleague is None) == (given.expert is None):
        raise ProblemError(422, "not-understood", "one colleague, or one expert")
    if given.expert is not None:
        return get_object_or_404(Expert.objects.select_related("area"), pk=given.expert)
    return get_object_or_404(Advisor, public_id=given.colleague)
