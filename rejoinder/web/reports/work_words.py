"""The desk's work in words and lines: load by the hour, and how a mood changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.reporting.work.feedback import Mood
from rejoinder.reporting.work.load import Hour
from rejoinder.reporting.work.team import Load
from rejoinder.web.frame import words
from rejoinder.web.frame.chart import Box, Point, band, line
from rejoinder.web.spending.burn_down import Tick

TICKS = (0, 6, 12, 18, 24)


@dataclass(frozen=True, slots=True)
class Drawn:
    """People who wrote as a line, whom we could help as an area; `top` people at the upper edge."""

    line: str
    band: str
    top: float
    ticks: list[Tick]


def drawn(hours: Sequence[Hour]) -> Drawn | None:
    """Stairs over the hours of a day; None where nothing may be told."""
    told = [each.people or 0.0 for each in hours]
    if not any(told):
        return None
    could = [each.can_help for each in hours]
    top = max(*told, *could)
    box = Box(0, len(hours), top)
    floor: list[Point] = [(0, 0), (float(len(hours)), 0)]
    return Drawn(
        line(box, _stairs(told)), band(box, floor, _stairs(could)), round(top, 1), _ticks()
    )


def _stairs(values: Sequence[float]) -> list[Point]:
    return [(float(at + side), value) for at, value in enumerate(values) for side in (0, 1)]


def _ticks() -> list[Tick]:
    ends = {0: "start", 24: "end"}
    return [
        Tick(f"{100 * each / 24:.1f}%", f"{each:02d}:00", ends.get(each, "middle"))
        for each in TICKS
    ]


def sentence(load: Load) -> str:
    """Load against capacity."""
    if not load.rota:
        return _("No hours are written in the rota, so nobody can say whom the desk could help.")
    over = sum(each.over or 0 for each in load.hours)
    hours = sum(each.days for each in load.hours if each.over is not None)
    said = ngettext(
        "In %(over)s of %(n)s hour more people wrote than those on duty could help.",
        "In %(over)s of %(n)s hours more people wrote than those on duty could help.",
        hours,
    )
    return said % {"over": words.figure(over), "n": words.figure(hours)}


def mood(found: Mood) -> str:
    """What can be said of it: a change, none that can be seen, or too few."""
    if found.apart is None:
        return _("Too few people spoke before or after to compare.")
    if not found.apart.differs:
        return _("No change that these figures can show.")
    ends = sorted(abs(each) for each in (found.apart.low, found.apart.high))
    points = {
        "points": round(100 * abs(found.apart.apart)),
        "low": round(100 * ends[0]),
        "high": round(100 * ends[1]),
    }
    if found.apart.apart < 0:
        return _("Fewer were negative: %(points)s points, between %(low)s and %(high)s.") % points
    return _("More were negative: %(points)s points, between %(low)s and %(high)s.") % points
