"""The register: incidents that are open, those that are closed, and how to open one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rejoinder.plumbing import clock
from rejoinder.privacy.incidents import registering, standing
from rejoinder.privacy.incidents.known import BadRuleError
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.models import Incident
from rejoinder.team import access
from rejoinder.web.frame import moments
from rejoinder.web.frame.acting import actor, needs, number, say
from rejoinder.web.incidents import finding, given, sentences

SIZE = 50  # closed ones on a page


class Line(NamedTuple):
    """An open incident with the clock that runs out first."""

    incident: Incident
    law: str
    standing: str
    late: bool
    told: str


@require_GET
@needs(access.AUDIT)
def incidents(request: HttpRequest) -> HttpResponse:
    """All that are open, and the closed ones page by page."""
    return _shown(request)


@require_POST
@needs(access.PRIVACY)
def open_one(request: HttpRequest) -> HttpResponse:
    """Put one into the register."""
    try:
        made = registering.open_one(actor(request), given.known(request.POST))
    except (CannotError, moments.NoMomentError) as error:
        say(request, error)
        return _shown(request, typed=request.POST)
    return redirect("incident", made.public_id)


def _shown(request: HttpRequest, typed: Any = None) -> HttpResponse:
    rows = Incident.objects.select_related("opened_by", "closed_by")
    over = rows.exclude(closed_at=None).order_by("-pk")
    if (before := number(request, "before")) is not None:
        over = over.filter(pk__lt=before)
    closed = list(over[: SIZE + 1])
    values = {
        "lines": _lines(request, list(rows.filter(closed_at=None).order_by("-aware_at", "-id"))),
        "findings": finding.waiting(),
        "closed": closed[:SIZE],
        "older": closed[SIZE - 1].pk if len(closed) > SIZE else None,
        "may_change": access.may(actor(request), access.PRIVACY),
        "risks": sentences.risk_labels().items(),
        "shown": typed
        if typed is not None
        else {"personal": True, "aware_at": moments.as_moment(clock.now())},
        "failed": typed is not None,
    }
    return render(request, "incidents/register.html", values, status=200 if typed is None else 422)


def _lines(request: HttpRequest, rows: Sequence[Incident]) -> list[Line]:
    try:
        return [_line(row) for row in rows]
    except BadRuleError as error:
        say(request, error)
        return [Line(row, "", "", late=False, told="") for row in rows]


def _line(row: Incident) -> Line:
    seen = standing.picture(row)
    one = sentences.next_clock(seen)
    told = sentences.told(seen.told, at_least=seen.at_least)
    if one is None:
        return Line(row, "", "", late=False, told=told)
    late = sentences.is_late(one)
    return Line(row, one.duty.rule.law, sentences.standing(one), late, told)
