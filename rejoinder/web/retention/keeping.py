"""The page of periods: what is kept how long, how much had its time, and who said so."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.privacy import notice
from rejoinder.privacy.models import LegalHold, Period
from rejoinder.privacy.retention import holds, periods, resting
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.privacy.retention.periods import CHANNEL, PURPOSE, Due, Periods
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.templatetags.desk import channel_label

ENDED = 20  # holds that are over, on the page


class Line(NamedTuple):
    """One field: what is kept, for how long, and how much of it had its time."""

    field: str
    label: str
    typed: str
    due: str
    changed: Period | None


@require_GET
@needs(access.AUDIT)
def retention(request: HttpRequest) -> HttpResponse:
    """The periods in force, and the holds."""
    kept = periods.kept()
    return _shown(request, kept, periods.due(kept))


@require_POST
@needs(access.PRIVACY)
def preview(request: HttpRequest) -> HttpResponse:
    """How much other periods would delete; nothing is changed."""
    try:
        wanted = _wanted(request.POST)
        return _shown(request, wanted, periods.due(wanted), wanted=wanted)
    except CannotError as error:
        say(request, error)
        kept = periods.kept()
        return _shown(request, kept, periods.due(kept), status=422)


@require_POST
@needs(access.PRIVACY)
def change(request: HttpRequest) -> HttpResponse:
    """Keep by other periods from now on."""
    agreed = typed(request.POST, "agreed")
    try:
        wanted = _wanted(request.POST)
        number = int(agreed) if agreed.isascii() and agreed.isdecimal() else 0
        periods.change(actor(request), wanted, number)
    except CannotError as error:
        say(request, error)
    return redirect("retention")


@require_POST
@needs(access.PRIVACY)
def write_notice(request: HttpRequest) -> HttpResponse:
    """What the public notice says in one language."""
    try:
        notice.write(actor(request), typed(request.POST, "language"), typed(request.POST, "text"))
    except CannotError as error:
        say(request, error)
    return redirect("retention")


def _shown(
    request: HttpRequest,
    shown: Periods,
    due: Due,
    *,
    wanted: Periods | None = None,
    status: int = 200,
) -> HttpResponse:
    values: dict[str, Any] = {
        "channels": _channels(shown, due),
        "purposes": _purposes(shown),
        "due": due,
        "notices": [(code, name, notice.own(code)) for code, name in settings.LANGUAGES],
        "values_due": _values_due(due.values),
        "wanted": wanted,
        "may_change": access.may(actor(request), access.PRIVACY),
        "holds": holds.current(),
        "ended": _ended(),
        "people": Advisor.objects.filter(is_active=True).order_by("name", "pk"),
    }
    return render(request, "retention/retention.html", values, status=status)


def _channels(shown: Periods, due: Due) -> list[Line]:
    changed = {row.name: row for row in _rows(CHANNEL)}
    names = sorted({*resting.channels(), *shown.channels})
    return [
        Line(
            f"channel-{name}",
            channel_label(name),
            str(shown.channels.get(name, "")),
            _people_due(due.channels[name]) if name in due.channels else "",
            changed.get(name),
        )
        for name in names
    ]


def _purposes(shown: Periods) -> list[Line]:
    changed = {row.name: row for row in _rows(PURPOSE)}
    return [
        Line(f"purpose-{name}", label, str(shown.purposes.get(name, "")), "", changed.get(name))
        for name, label in words.purpose_labels().items()
    ]


def _rows(kind: str) -> list[Period]:
    return list(Period.objects.filter(kind=kind).select_related("changed_by"))


def _people_due(number: int) -> str:
    said = ngettext("%(n)s person had their time", "%(n)s people had their time", number)
    return said % {"n": words.figure(number)}


def _values_due(number: int) -> str:
    said = ngettext(
        "%(n)s sealed value had its time.", "%(n)s sealed values had their time.", number
    )
    return said % {"n": words.figure(number)}


def _wanted(given: QueryDict) -> Periods:
    """Raises CannotError for what is no number."""
    found: dict[str, dict[str, int]] = {CHANNEL: {}, PURPOSE: {}}
    for field in given:
        kind, _dash, name = field.partition("-")
        said = typed(given, field).strip()
        if kind in found and said:
            if not (said.isascii() and said.isdecimal() and len(said) < 9):
                raise CannotError(_("A period is a number of days from 1 to 36,500, or empty."))
            found[kind][name] = int(said)
    periods.check(wanted := Periods(found[CHANNEL], found[PURPOSE]))
    return wanted


def _ended() -> list[LegalHold]:
    over = {row.pk for row in holds.current()}
    rows = LegalHold.objects.exclude(pk__in=over).select_related("owner").order_by("-pk")
    return list(rows[:ENDED])
