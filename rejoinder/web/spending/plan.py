"""How replies are spent today: what is left, when it runs out, and what a lead may choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.budget.plan.outlook import Choice, Outlook
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.plan import ahead, money, settings, shifts
from rejoinder.desk.plan.ahead import Ahead, Picture
from rejoinder.desk.plan.money import Purse, Wanted
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Need
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.spending import burn_down

SLIDES_TO = 100  # people who ask; what was set higher before stays within reach
TOLD = (Need.URGENT, Need.SPECIFIC, Need.COMMON)  # by need, in the sentence of a course


@dataclass(frozen=True, slots=True)
class Course:
    """A choice with what it is predicted to come to."""

    name: str
    label: str
    ends: str
    reaches: str
    then: str
    current: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit that may run out, as its panel shows it."""

    ahead: Ahead
    window: str
    sentence: str
    in_force: str
    thought: str
    drawn: burn_down.Drawn
    courses: list[Course]


@dataclass(frozen=True, slots=True)
class Sum:
    """Money that a lead sets, as its field takes it."""

    purse: Purse
    field: str
    window: str
    value: str


@require_GET
@needs(access.READ)
def plan(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request, None, {})


@require_POST
@needs(access.STEER)
def preview(request: HttpRequest) -> HttpResponse:
    """The page as it would be with these settings; nothing is changed."""
    try:
        return _page(request, _typed(request.POST), _money(request.POST))
    except CannotError as error:
        say(request, error)
        return redirect("plan")


@require_POST
@needs(access.STEER)
def change(request: HttpRequest) -> HttpResponse:
    """Plan with these settings from now on."""
    try:
        wanted, sums = _typed(request.POST), _money(request.POST)
        with transaction.atomic():
            settings.change(actor(request), wanted)
            money.change(actor(request), sums)
    except CannotError as error:
        say(request, error)
    else:
        messages.success(request, _("The plan is changed. The queue follows within ten seconds."))
    return redirect("plan")


@require_POST
@needs(access.STEER)
def choose(request: HttpRequest) -> HttpResponse:
    """Change the course: everybody in turn, or the plan; what many ask is answered in public."""
    wanted, course = settings.current(), typed(request.POST, "course")
    wanted.on = course != "in-turn"
    settings.change(actor(request), wanted)
    if course == "publish":
        messages.success(request, _("The plan is on. These are the questions that many ask."))
        return redirect("questions")
    messages.success(request, _("The course is changed. The queue follows within ten seconds."))
    return redirect("plan")


def limit(
    one: Ahead, picture: Picture, now: PlanSettings, thought: PlanSettings | None = None
) -> Limit:
    """A limit as its panel shows it; with the settings thought of, if there are any."""
    shown = one.changed or one.now
    by_name = {each.choice: each for each in shown}
    courses = [
        _course(by_name["in-turn"], by_name["in-turn"], picture, current=not now.on),
        _course(by_name["plan"], by_name["in-turn"], picture, current=now.on),
        _course(by_name["publish"], by_name["plan"], picture, current=False),
    ]
    chosen = by_name[_course_of(thought or now)]
    before = {each.choice: each for each in one.now}[_course_of(now)]
    return Limit(
        ahead=one,
        window=_(one.window.name),
        sentence=_lasts(chosen, picture),
        in_force=_comes_to(before, picture),
        thought=_comes_to(chosen, picture),
        drawn=burn_down.drawn(one, shown, picture),
        courses=courses,
    )


def _page(request: HttpRequest, thought: PlanSettings | None, sums: Wanted) -> HttpResponse:
    now = settings.current()
    picture = ahead.picture(actor(request), thought, money.caps(sums))
    limits = [limit(one, picture, now, thought) for one in picture.limits]
    values = {
        "sentence": _sentence(limits, now),
        "limits": limits,
        "kept_back": [_kept(words.kept_back_reasons(), *row) for row in picture.kept_back],
        "moved": [_kept(words.way_reasons(), *row) for row in picture.moved],
        "often": picture.often,
        "settings": thought or now,
        "askers_top": max(SLIDES_TO, (thought or now).askers),
        "sums": [_sum(purse, sums) for purse in money.purses()],
        "shifts": shifts.written((thought or now).advisors),
        "thought": thought is not None,
        "in_force": now,
        "modes": words.mode_labels().items(),
        "may_change": settings.may_change(actor(request)),
    }
    return render(request, "plan.html", values)


def _typed(values: QueryDict) -> PlanSettings:
    """Raises CannotError for what is no number or no shift."""
    try:
        return PlanSettings(
            on=values.get("on") == "yes",
            reserve=float(typed(values, "reserve")),
            askers=int(typed(values, "askers")),
            mode=typed(values, "mode"),
            advisors=shifts.read(typed(values, "advisors")),
        )
    except ValueError as error:
        raise CannotError(_("Write numbers for the reserve and the people who ask.")) from error


def _money(values: QueryDict) -> Wanted:
    """The sums that were filled in. Raises CannotError for what is no number."""
    wanted = {}
    for purse in money.purses():
        if _field(purse) in values:
            try:
                wanted[purse.key] = float(typed(values, _field(purse)))
            except ValueError:
                wanted[purse.key] = nan
    money.check(wanted)
    return wanted


def _sum(purse: Purse, thought: Wanted) -> Sum:
    value = f"{thought.get(purse.key, purse.cap):.6f}".rstrip("0").rstrip(".")
    return Sum(purse, _field(purse), words.span(purse.window), value)


def _field(purse: Purse) -> str:
    return f"money-{purse.account.public_id}-{purse.name}"


def _course(one: Outlook, beside: Outlook, picture: Picture, *, current: bool) -> Course:
    labels = {
        "in-turn": _("Answer everybody in turn"),
        "plan": _("Keep replies for those who need them most"),
        "publish": _("Publish an answer to what many ask, then point to it"),
    }
    sooner = round(float(one.in_time.sum() - beside.in_time.sum()))
    then = ngettext(
        "%(n)s person more within the hour.", "%(n)s people more within the hour.", sooner
    )
    return Course(
        name=one.choice,
        label=labels[one.choice],
        ends=_lasts(one, picture),
        reaches=_reaches(one),
        then=then % {"n": words.figure(sooner)} if sooner > 0 and one is not beside else "",
        current=current,
    )


def _course_of(wanted: PlanSettings) -> Choice:
    return "plan" if wanted.on else "in-turn"


def _comes_to(one: Outlook, picture: Picture) -> str:
    return f"{_lasts(one, picture)} {_reaches(one)}"


def _lasts(one: Outlook, picture: Picture) -> str:
    early, middle = one.runs_out
    if middle is None and early is None:
        return _("Lasts until %(at)s.") % {"at": words.at(picture.moment(picture.day.until))}
    if middle is None and early is not None:
        return _("Probably lasts; runs out at %(at)s if more people write than expected.") % {
            "at": words.at(picture.moment(early))
        }
    at = words.at(picture.moment(middle or 0.0))
    if early is None or early == middle:
        return _("Runs out at %(at)s.") % {"at": at}
    values = {"at": at, "early": words.at(picture.moment(early))}
    return _("Runs out at %(at)s, perhaps at %(early)s already.") % values


def _reaches(one: Outlook) -> str:
    labels = words.need_labels()
    parts = [
        _("%(many)s of %(all)s %(need)s")
        % {
            "many": words.figure(round(float(one.in_time[need]))),
            "all": words.figure(round(float(one.people[need]))),
            "need": labels[need].lower(),
        }
        for need in TOLD
        if one.people[need] >= 1
    ]
    return _("Within the hour: %(parts)s.") % {"parts": ", ".join(parts)} if parts else ""


def _sentence(limits: list[Limit], now: PlanSettings) -> str:
    if not limits:
        return _("No account has a limit that could run out today.")
    first = limits[0]
    values = {"account": first.ahead.account.handle, "ends": first.sentence}
    if not now.on:
        return _("Everybody is answered in turn. Replies of %(account)s: %(ends)s") % values
    return _("Scarce replies are kept for those who need them most. %(account)s: %(ends)s") % values


def _kept(said: Mapping[str, str], why: str, need: int, many: int) -> dict[str, Any]:
    return {"why": said.get(why, why), "need": need, "many": many}
