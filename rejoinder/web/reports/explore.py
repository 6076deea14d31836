"""Figures of any time by channel, area, need and language: charts with their tables, and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from rejoinder.channels.models import Account
from rejoinder.desk.experts import areas
from rejoinder.reporting.explore import asking, files
from rejoinder.reporting.explore.cells import TooManyError
from rejoinder.reporting.explore.tables import Answer, Line, answer
from rejoinder.reporting.few import FEW
from rejoinder.reporting.models import ChangedDay
from rejoinder.reporting.rollup.blocks import lately
from rejoinder.reporting.rollup.columns import NO_NEED
from rejoinder.reporting.zone import zone
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import needs
from rejoinder.web.frame.chart import Box, Point, line
from rejoinder.web.templatetags.desk import channel_label

LOOKED_AT = 25  # blocks: in the languages of 100,000 mentions the next ones are written too
CHARTS = 6  # values drawn, those with most mentions; the table has all


@dataclass(frozen=True, slots=True)
class Shown:
    """One value: its name, figures of the whole time, the paths of its chart (a gap where figures
    are hidden), and its table.
    """

    name: str
    mentions: str
    people: str
    sentence: str
    paths: list[str]
    rows: list[tuple[str, str, str]]


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
    values = {
        "asked": asked,
        "periods": [(each, _period(each)) for each in asking.PERIODS],
        "ways": [(name, _dimension(name)) for name in asking.DIMENSIONS],
        "choices": [
            (n, _dimension(n), _choices(n), asked.where.get(n, "")) for n in asking.DIMENSIONS
        ],
        "shown": _shown(found) if found else [],
        "charts": CHARTS,
        "axis": _axis(found) if found else {},
        "too_many": found is None,
        "closed": found.closed if found else 0,
        "changed": _changed(found) if found else [],
        "few": FEW,
        "query": urlencode(asked.as_query()),
    }
    return render(request, "reports/explore.html", values)


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


def _shown(found: Answer) -> list[Shown]:
    names = dict(_choices(found.asked.by)) if found.asked.by else {"": _("All of it")}
    unknown = asking.UNKNOWN if found.asked.by else ""
    box = Box(0, max(len(found.moments) - 1, 1), _top(found))
    return [
        _one(found, each, names.get(each.value or unknown, each.value), box) for each in found.lines
    ]


def _top(found: Answer) -> int:
    """The most mentions of any step that is shown: charts side by side have one scale."""
    return max([1, *(each[0] for one in found.lines for each in one.steps if each)])


def _axis(found: Answer) -> dict[str, str]:
    """What stands beside every chart."""
    if not found.moments:
        return {}
    ends = [_moment(at, found.step) for at in (found.moments[0], found.moments[-1])]
    return {"top": words.figure(_top(found)), "first": ends[0], "last": ends[1]}


def _one(found: Answer, told: Line, name: str, box: Box) -> Shown:
    hidden = _("too few to show")
    if told.whole is None:
        mentions = people = sentence = hidden
    else:
        mentions, people = map(words.figure, told.whole)
        people = _("at least %(n)s") % {"n": people} if found.at_least else people
        sentence = ngettext("%(n)s mention.", "%(n)s mentions.", told.whole[0]) % {"n": mentions}
    rows = [
        (_moment(at, found.step), *(map(words.figure, each) if each else (hidden, hidden)))
        for at, each in zip(found.moments, told.steps, strict=True)
    ]
    return Shown(name, mentions, people, sentence, _paths(box, told.steps), rows)


def _paths(box: Box, steps: Sequence[tuple[int, int] | None]) -> list[str]:
    runs: list[list[Point]] = [[]]
    for at, each in enumerate(steps):
        if each is None:
            runs.append([])
        else:
            runs[-1].append((float(at), float(each[0])))
    return [line(box, run) for run in runs if run]


def _moment(at: datetime, step: str) -> str:
    local = at.astimezone(zone())
    day = formats.date_format(local, "SHORT_DATE_FORMAT")
    return day if step == "day" else f"{day} {formats.time_format(local, 'H:i')}"


def _changed(found: Answer) -> list[ChangedDay]:
    """What changed figures of these days after they were over, the newest change first."""
    if not found.moments:
        return []
    days = [each.astimezone(zone()).date() for each in (found.moments[0], found.moments[-1])]
    return list(ChangedDay.objects.filter(day__range=days).order_by("-on", "-day")[:50])


def _choices(name: str) -> list[tuple[str, str]]:
    """Values of a dimension, each with its name."""
    if name == "channel":
        rows = Account.objects.order_by("channel").values_list("channel", flat=True).distinct()
        return [(each, channel_label(each)) for each in rows]
    if name == "area":
        return [*((str(each.pk), each.name) for each in areas.kept()), ("0", _("no area"))]
    if name == "need":
        labels = [(str(int(key)), str(label)) for key, label in words.need_labels().items()]
        return [*labels, (str(NO_NEED), _("not read"))]
    known = lately("language", LOOKED_AT)
    return [(each or asking.UNKNOWN, each or _("not known")) for each in known]


def _dimension(name: str) -> str:
    return {
        "channel": _("Channel"),
        "area": _("Area"),
        "need": _("Need"),
        "language": _("Language"),
    }[name]


def _period(name: str) -> str:
    many = int(name[:-1])
    told = {
        "m": ngettext("the last %(n)d minute", "the last %(n)d minutes", many),
        "h": ngettext("the last %(n)d hour", "the last %(n)d hours", many),
        "d": ngettext("the last %(n)d day", "the last %(n)d days", many),
    }
    return told[name[-1]] % {"n": many}
