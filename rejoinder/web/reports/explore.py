"""Figures of any time by channel, area, need and language: charts with their tables, and files."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.reporting.explore import asking, files, views
from rejoinder.reporting.explore.cells import TooManyError
from rejoinder.reporting.explore.tables import Answer, answer
from rejoinder.reporting.few import FEW
from rejoinder.reporting.models import ChangedDay, SavedView
from rejoinder.reporting.zone import zone
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs
from rejoinder.web.reports import explore_shown


@require_GET
@needs(access.READ)
def explore(request: HttpRequest) -> HttpResponse:
    """The page, or its figures as a file (`as` is csv, json or parquet)."""
    given = {name: str(value) for name, value in request.GET.items()}
    asked = asking.asked(given)
    try:
        found = answer(asked)
    except TooManyError:
        found = None
    kind = given.get("as", "")
    if found and kind in ("csv", "json", "parquet"):
        return _file(found, kind)
    choices = {name: explore_shown.choices(name) for name in asking.DIMENSIONS}
    names = {name: dict(told) for name, told in choices.items()}
    values = {
        "asked": asked,
        "periods": [(each, explore_shown.period(each)) for each in asking.PERIODS],
        "ways": [(name, explore_shown.dimension(name)) for name in asking.DIMENSIONS],
        "choices": [
            (name, explore_shown.dimension(name), told, asked.where.get(name, ""))
            for name, told in choices.items()
        ],
        "shown": explore_shown.shown(found) if found else [],
        "charts": explore_shown.CHARTS,
        "axis": explore_shown.axis(found) if found else {},
        "too_many": found is None,
        "closed": found.closed if found else 0,
        "changed": _changed(found) if found else [],
        "few": FEW,
        "query": urlencode(asked.as_query()),
        "asks": asked.as_query().items(),
        "longest": views.LONGEST,
        "views": [_listed(each, names) for each in views.seen(actor(request))],
    }
    return render(request, "reports/explore.html", values)


def _listed(view: SavedView, names: Mapping[str, Mapping[str, str]]) -> tuple[SavedView, str, str]:
    """A saved view, its address, and what it asks in words."""
    asks = asking.asked(view.asks)
    return view, urlencode(asks.as_query()), explore_shown.said(asks, names)


def _file(found: Answer, kind: str) -> HttpResponse:
    if kind == "parquet":
        response = HttpResponse(files.as_parquet(found), "application/vnd.apache.parquet")
    elif kind == "csv":
        response = HttpResponse(files.as_csv(found), "text/csv; charset=utf-8")
    else:
        told = [dict(zip(files.COLUMNS, row, strict=True)) for row in files.rows(found)]
        response = JsonResponse({"asked": found.asked.as_query(), "step": found.step, "rows": told})
    response["Content-Disposition"] = f'attachment; filename="explore.{kind}"'
    return response


def _changed(found: Answer) -> list[ChangedDay]:
    """What changed figures of these days after they were over, the newest change first."""
    if not found.moments:
        return []
    days = [each.astimezone(zone()).date() for each in (found.moments[0], found.moments[-1])]
    return list(ChangedDay.objects.filter(day__range=days).order_by("-on", "-day")[:50])
