"""The chart of one limit: what was left as the day went, and what each course leaves of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from rejoinder.budget.plan.outlook import Outlook
from rejoinder.desk.plan.ahead import Ahead, Picture
from rejoinder.web.frame import words
from rejoinder.web.frame.chart import Box, Point, band, line

TICK = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment on the axis: where (in percent of the width), and how it is written."""

    at: str
    word: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """One course, drawn."""

    choice: str
    line: str
    band: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Paths and words of the chart, and its table: a moment, then each course with its band."""

    top: str
    half: str
    past: str
    forecasts: list[Forecast]
    now: str
    ticks: list[Tick]
    rows: list[tuple[str, list[str]]]


def drawn(one: Ahead, outlooks: Sequence[Outlook], picture: Picture) -> Drawn:
    """As the template needs it."""
    box = Box(0.0, picture.day.until, float(one.window.cap))
    return Drawn(
        top=words.figure(one.window.cap),
        half=words.figure(one.window.cap // 2),
        past=line(box, one.past),
        forecasts=[_forecast(box, each) for each in outlooks],
        now=f"{box.x(picture.second) / 10:.1f}%",
        ticks=_ticks(box, picture),
        rows=_rows(outlooks, picture),
    )


def _forecast(box: Box, one: Outlook) -> Forecast:
    low, middle, high = (_points(one, row) for row in range(3))
    return Forecast(one.choice, line(box, middle), band(box, low, high))


def _points(one: Outlook, row: int) -> list[Point]:
    return list(zip(one.moments.tolist(), one.left[row].tolist(), strict=True))


def _ticks(box: Box, picture: Picture) -> list[Tick]:
    seconds = range(0, int(picture.day.until) + 1, int(TICK.total_seconds()))
    return [
        Tick(f"{box.x(at) / 10:.1f}%", _hour(picture.moment(at)), _anchor(at, picture.day.until))
        for at in seconds
    ]


def _anchor(at: float, until: float) -> str:
    if at == 0:
        return "start"
    return "end" if at > until - 3600 else "middle"


def _hour(at: datetime) -> str:
    return date_format(timezone.localtime(at), "H:i")


def _rows(outlooks: Sequence[Outlook], picture: Picture) -> list[tuple[str, list[str]]]:
    rows = []
    for place, at in enumerate(outlooks[0].moments.tolist()):
        if place == 0 or at % 3600 == 0:
            cells = [_cell(*(one.left[row][place] for row in range(3))) for one in outlooks]
            rows.append((_hour(picture.moment(at)), cells))
    return rows


def _cell(low: float, middle: float, high: float) -> str:
    figures = [words.figure(round(each)) for each in (low, middle, high)]
    return figures[1] if figures[0] == figures[2] else f"{figures[1]} ({figures[0]}–{figures[2]})"
