"""The rota: who is on duty, and a page for each colleague where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor, DayChange, Hours
from rejoinder.team.rota import actions, duty, shifts
from rejoinder.team.rota.actions import CannotChangeRotaError
from rejoinder.team.rota.duty import Duty
from rejoinder.team.rota.shifts import Shift, Works
from rejoinder.team.rota.week import Span, Spans, written, written_hours
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed

SHOWN = 7  # days


@dataclass(frozen=True, slots=True)
class Line:
    """A colleague, their ordinary week in words, and their shifts of the next days."""

    colleague: Advisor
    hours: Hours | None
    week: str
    on_duty: bool
    days: list[list[str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of single days in words."""

    row: DayChange
    hours: str


@require_GET
@needs(access.READ)
def rota(request: HttpRequest) -> HttpResponse:
    """Everybody, a week of shifts, and who is on duty now."""
    people = duty.answering()
    everybody, rows = duty.works(people), _hours(people)
    now = duty.duty()
    days = [_today() + timedelta(days=n) for n in range(SHOWN)]
    values = {
        "sentence": sentence(),
        "days": days,
        "lines": [
            _line(one, rows.get(one.pk), works, now, days)
            for one, works in zip(people, everybody, strict=True)
        ],
        "may_write": actions.may_write(actor(request)),
    }
    return render(request, "rota.html", values)


@require_GET
@needs(access.STEER)
def write(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The ordinary week of a colleague, and changes of single days."""
    return _page(request, _find(public_id), {})


@require_POST
@needs(access.STEER)
def set_hours(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They work so from now on."""
    colleague, given = _find(public_id), request.POST
    try:
        actions.set_hours(
            actor(request),
            colleague,
            typed=typed(given, "hours"),
            place=typed(given, "place").strip().upper(),
            pace=_pace(given),
            languages=typed(given, "languages").split(","),
            skills=typed(given, "skills").split(","),
        )
    except CannotChangeRotaError as error:
        say(request, error)
        return _page(request, colleague, given, status=422)
    messages.success(request, _("The hours of %(name)s are written.") % {"name": colleague.name})
    return redirect("rota")


@require_POST
@needs(access.STEER)
def change_days(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Leave, or other hours for a while."""
    colleague, given = _find(public_id), request.POST
    try:
        actions.change_days(
            actor(request),
            colleague,
            *_days(given),
            typed=typed(given, "other_hours"),
            why=typed(given, "why"),
        )
    except CannotChangeRotaError as error:
        say(request, error)
        return _page(request, colleague, given, status=422)
    return redirect("write-rota", public_id)


@require_POST
@needs(access.STEER)
def drop_change(request: HttpRequest, number: int) -> HttpResponse:
    """The ordinary week holds again."""
    row = get_object_or_404(DayChange.objects.select_related("advisor"), pk=number)
    actions.drop_change(actor(request), row)
    return redirect("write-rota", row.advisor.public_id)


def sentence() -> str:
    """Who is on duty now, or who is called instead."""
    now = duty.duty()
    if not now.is_kept:
        return _("No rota is kept: alarms call leads and owners.")
    names = [one.name for one in duty.answering() if one.pk in now.on]
    if names:
        return _("On duty now: %(names)s.") % {"names": ", ".join(map(words.plain, names))}
    _alone, next_ = duty.unstaffed(clock.now())
    nobody = _("Nobody is on duty now: alarms call leads and owners.")
    return f"{nobody} {from_when(next_)}".strip()


def from_when(next_: datetime | None) -> str:
    """When somebody is there again; empty when nobody is within a month."""
    return _("Somebody is there from %(at)s.") % {"at": words.at(next_)} if next_ else ""


def day_names() -> tuple[str, ...]:
    """As they stand in hours; `rota.week` reads them."""
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return (*days, _("holidays"))


def _line(
    colleague: Advisor, row: Hours | None, works: Works, now: Duty, days: Sequence[date]
) -> Line:
    begins = timezone.make_aware(datetime.combine(days[0], time()))
    found = shifts.shifts(works, begins, begins + timedelta(days=SHOWN + 1))
    return Line(
        colleague=colleague,
        hours=row,
        week=written(works.week, day_names()),
        on_duty=colleague.pk in now.on,
        days=[[_clock(one) for one in found if _begins_on(one, day)] for day in days],
    )


def _begins_on(one: Shift, day: date) -> bool:
    return timezone.localtime(one.begins).date() == day


def _clock(one: Shift) -> str:
    begins, ends = (timezone.localtime(each).strftime("%H:%M") for each in one)
    return f"{begins}–{ends}"


def _page(
    request: HttpRequest, colleague: Advisor, given: QueryDict | dict[str, str], status: int = 200
) -> HttpResponse:
    row = Hours.objects.filter(advisor=colleague).first()
    shown = row or Hours(advisor=colleague)
    coming = DayChange.objects.filter(advisor=colleague, last__gte=_today()).order_by("first")
    values = {
        "colleague": colleague,
        "hours": given.get("hours", written(duty.week(shown), day_names())),
        "place": given.get("place", shown.place),
        "pace": given.get("pace", str(shown.pace)),
        "languages": given.get("languages", ", ".join(shown.languages)),
        "skills": given.get("skills", ", ".join(shown.skills)),
        "changes": [Changed(each, written_hours(_spans(each.hours))) for each in coming],
        "given": given,
        "today": _today().isoformat(),
    }
    return render(request, "rota_write.html", values, status=status)


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def _hours(people: Sequence[Advisor]) -> dict[int, Hours]:
    return {row.advisor_id: row for row in Hours.objects.filter(advisor__in=people)}


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _pace(given: QueryDict) -> int:
    try:
        return int(typed(given, "pace"))
    except ValueError as error:
        raise CannotChangeRotaError(_("Somebody helps 1 to 500 people in an hour.")) from error


def _days(given: QueryDict) -> tuple[date, date]:
    first = typed(given, "first")
    try:
        return date.fromisoformat(first), date.fromisoformat(typed(given, "last") or first)
    except ValueError as error:
        raise CannotChangeRotaError(_("Write the first and the last day.")) from error


def _find(public_id: UUID) -> Advisor:
    return get_object_or_404(Advisor, public_id=public_id, is_active=True)
