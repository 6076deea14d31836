"""A curve of waits as people read it: a sentence, a chart with its table, rows of figures."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.reporting.survival import Curve
from rejoinder.reporting.timeliness import Group
from rejoinder.web.frame import words
from rejoinder.web.frame.chart import Box, Point, band, line
from rejoinder.web.spending.burn_down import Tick

HOUR = 3600.0
# What the table of the chart tells, and where an axis may end.
MOMENTS = (300.0, 900.0, HOUR, 4 * HOUR, 24 * HOUR, 72 * HOUR)
ENDS = (900.0, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR)
PARTS = 4  # of the axis of time


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures of one group in whole seconds and shares; None where too few or not yet seen."""

    key: int | str | None
    label: str
    people: int | None
    answered: int | None
    half_within: int | None
    half_low: int | None
    half_high: int | None
    most_within: int | None
    without_after_an_hour: float | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The paths of a curve and its band in a box of 1000 × 100, the axis, and a sentence."""

    sentence: str
    line: str
    band: str
    ticks: list[Tick]


def row(group: Group, label: str) -> Shown:
    """What a table and a file say of one group."""
    found = group.waited
    if found is None:
        return Shown(group.key, label, None, None, None, None, None, None, None)
    low, high = found.between(0.5)
    left = found.without(HOUR)
    return Shown(
        key=group.key,
        label=label,
        people=found.people,
        answered=found.answered,
        half_within=_whole(found.until(0.5)),
        half_low=_whole(low),
        half_high=_whole(high),
        most_within=_whole(found.until(0.9)),
        without_after_an_hour=None if left is None else round(left, 4),
    )


def sentence(group: Group) -> str:
    """The whole page in one or two sentences."""
    found = group.waited
    if found is None:
        return _("Too few people wrote in this time to say how long they waited.")
    many = {"n": words.figure(found.people)}
    half = found.until(0.5)
    if half is None:
        first = ngettext(
            "Fewer than half of %(n)s person had an answer.",
            "Fewer than half of %(n)s people had an answer.",
            found.people,
        )
    else:
        many |= {"half": stretch(half)}
        first = ngettext(
            "Half of %(n)s person had a first answer within %(half)s.",
            "Half of %(n)s people had a first answer within %(half)s.",
            found.people,
        )
    return f"{first % many} {_after_an_hour(found)}"


def _after_an_hour(found: Curve) -> str:
    left = found.without(HOUR)
    if left is None:
        return _("The longest wait so far is %(seen)s.") % {"seen": stretch(found.seen)}
    return _("%(share)s had none after an hour.") % {"share": percent(left)}


def moments(found: Curve) -> list[tuple[str, str]]:
    """The table of the chart: after how long, and the share that had no answer by then."""
    told = [(at, found.without(at)) for at in MOMENTS]
    return [(stretch(at), percent(share)) for at, share in told if share is not None]


def drawn(found: Curve) -> Drawn:
    """Steps from the first moment to the longest wait that was seen."""
    end = next((each for each in ENDS if each >= found.seen), ENDS[-1])
    box = Box(0, end, 1)
    after, share, low, high = (
        list(map(float, each)) for each in (found.after, found.share, found.low, found.high)
    )
    last = min(found.seen, end)
    return Drawn(
        sentence=_("The share of people without an answer, as time goes on."),
        line=line(box, _steps(after, share, last)),
        band=band(box, _steps(after, low, last), _steps(after, high, last)),
        ticks=[_tick(part, end) for part in range(PARTS + 1)],
    )


def stretch(seconds: float) -> str:
    """A stretch of time in two units at most: "40 s", "14 min", "1 h 30 min"."""
    if seconds < 60:
        return _("%(n)d s") % {"n": round(seconds)}
    of = timedelta(seconds=seconds)
    rest = int(seconds % HOUR) // 60
    if HOUR <= seconds < 24 * HOUR and rest:
        return _("%(h)d h %(min)d min") % {"h": seconds // HOUR, "min": rest}
    return words.length(of)


def percent(share: float) -> str:
    """Whole percent, but never a rounded nobody or all."""
    if 0 < share < 0.01:
        return _("under 1 %%") % {}
    if 0.99 < share < 1:
        return _("over 99 %%") % {}
    return f"{share:.0%}".replace("%", " %")


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def _steps(after: list[float], share: list[float], end: float) -> list[Point]:
    """The corners of the stairs up to there."""
    points: list[Point] = [(0.0, 1.0)]
    for at, then in zip(after, share, strict=True):
        if at > end:
            break
        points += [(at, points[-1][1]), (at, then)]
    return [*points, (end, points[-1][1])]


def _tick(part: int, end: float) -> Tick:
    anchor = {0: "start", PARTS: "end"}.get(part, "middle")
    word = stretch(part * end / PARTS) if part else "0"
    return Tick(f"{100 * part / PARTS:.1f}%", word, anchor)
