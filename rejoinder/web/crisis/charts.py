"""The charts of the crisis room: a measured line, what is usual, and their tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rejoinder.crisis.models import Crisis
from rejoinder.crisis.picture.bins import Bins
from rejoinder.crisis.picture.readings import Readings
from rejoinder.crisis.picture.usual import Floats, Ints
from rejoinder.crisis.picture.volume import Volume
from rejoinder.web.frame import words
from rejoinder.web.frame.chart import Box, Point, band, line
from rejoinder.web.spending.burn_down import Tick

STEPS = tuple(timedelta(hours=n) for n in (1, 2, 3, 6, 12, 24, 48, 96, 192, 384))
TICKS = 4
ROWS = 12  # of a table, newest first
ENOUGH = 5  # read in a bin, before a share of them says anything


@dataclass(frozen=True, slots=True)
class Drawn:
    """Paths and words of one chart, and its table: heads, then rows of a moment and its cells."""

    label: str
    sentence: str
    axis: list[str]
    line: str
    ticks: list[Tick]
    heads: list[str]
    rows: list[tuple[str, list[str]]]
    marks: list[Tick] = field(default_factory=list)
    usual: str = ""
    band: str = ""
    dots: str = ""


def volume(seen: Volume, crisis: Crisis | None) -> Drawn:
    """Mentions by bin, against what is usual at these hours."""
    highest = max(seen.counts.max(), seen.usual.high.max() if seen.usual else 0)
    top = rounded_top(float(highest))
    box, bins = Box(0, seen.bins.many, top), seen.bins
    heads, cells = [_("Mentions")], [[words.figure(int(each))] for each in seen.counts]
    if seen.usual:
        heads += [_("Usual"), _("Range")]
        for row, mean, low, high in zip(
            cells, seen.usual.mean, seen.usual.low, seen.usual.high, strict=True
        ):
            ends = {"low": words.figure(round(low)), "high": words.figure(round(high))}
            row += [words.figure(round(mean)), _("%(low)s to %(high)s") % ends]
    return Drawn(
        label=_("Mentions, by %(length)s") % {"length": span(bins.width)},
        sentence=_volume_sentence(seen),
        axis=[words.figure(top), words.figure(top / 2), "0"],
        line=line(box, _points(seen.counts)),
        ticks=_ticks(bins),
        heads=heads,
        rows=_rows(bins, cells),
        marks=_marks(bins, crisis),
        usual=line(box, _points(seen.usual.mean)) if seen.usual else "",
        band=band(box, _points(seen.usual.low), _points(seen.usual.high)) if seen.usual else "",
    )


def problems(seen: Readings, crisis: Crisis | None) -> Drawn:
    """The share of what was read that reports a problem."""
    shares = _shares(seen.problems, seen.read)
    return _share(
        seen,
        crisis,
        {_("Report a problem"): shares},
        _("Share of mentions that report a problem"),
    )


def moods(seen: Readings, crisis: Crisis | None) -> Drawn:
    """The shares of negative and positive mentions."""
    labels = words.sentiment_labels()
    named = {labels[mood]: _shares(counts, seen.read) for mood, counts in seen.moods.items()}
    return _share(seen, crisis, named, _("Mood of the mentions"), dots=labels["positive"])


def _share(
    seen: Readings, crisis: Crisis | None, named: dict[str, Floats], label: str, dots: str = ""
) -> Drawn:
    box = Box(0, seen.bins.many, 100)
    first = next(iter(named.values()))
    columns = [[percent(each) for each in shares] for shares in named.values()]
    return Drawn(
        label=label,
        sentence=_share_sentence(label, first, seen.bins),
        axis=["100 %", "50 %", "0 %"],
        line=line(box, _points(first)),
        ticks=_ticks(seen.bins),
        heads=list(named),
        rows=_rows(seen.bins, [list(row) for row in zip(*columns, strict=True)]),
        marks=_marks(seen.bins, crisis),
        dots=line(box, _points(named[dots])) if dots else "",
    )


def percent(share: float) -> str:
    """Whole percent; a dash where there is none to tell."""
    return "–" if np.isnan(share) else f"{share:.0f} %"


def span(width: timedelta) -> str:
    """“10 min”, “3 h”, “1 day” for a bin."""
    return words.length(width)


def rounded_top(highest: float) -> float:
    """The end of an axis: 10, 20, 40, 50, 100, 200 …, whose half is a whole number too."""
    top = 10.0
    while top < highest:
        digits = f"{top:.0f}"
        top *= {"1": 2.0, "2": 2.0, "4": 1.25, "5": 2.0}[digits[0]]
    return top


def _shares(some: Ints, every: Ints) -> Floats:
    """In percent; not a number where too little was read."""
    return 100 * some / np.where(every < ENOUGH, np.nan, every)


def _points(values: Floats | Ints) -> list[Point]:
    """In the middle of each bin; where there is nothing to show the line goes straight on."""
    return [(at + 0.5, float(value)) for at, value in enumerate(values) if not np.isnan(value)]


def _ticks(bins: Bins) -> list[Tick]:
    begins = timezone.localtime(bins.begins).replace(minute=0, second=0, microsecond=0)
    length = bins.ends - bins.begins
    step = next((each for each in STEPS if length / each <= TICKS), STEPS[-1])
    hour = timedelta(hours=1)
    hours = (begins + hour * n for n in range(1, int(length / hour) + 2))
    every = max(1, int(step / hour))
    shown = [at for at in hours if at <= bins.ends and _on_step(at, every)]
    return [_tick(bins, at) for at in shown]


def _on_step(at: datetime, hours: int) -> bool:
    """Days count from the first of the calendar, hours from midnight."""
    if hours <= 24:
        return at.hour % hours == 0
    return at.hour == 0 and at.toordinal() % (hours // 24) == 0


def _tick(bins: Bins, at: datetime) -> Tick:
    share = bins.place(at) / bins.many
    day = bins.ends - bins.begins > timedelta(days=3)
    word = date_format(timezone.localtime(at), "j M" if day else "H:i")
    return Tick(f"{100 * share:.1f}%", word, "end" if share > 0.96 else "middle")


def _marks(bins: Bins, crisis: Crisis | None) -> list[Tick]:
    """When it began, and when it was declared if that was later."""
    if crisis is None:
        return []
    moments = [(crisis.declared_at, _("declared"))]
    if crisis.declared_at - crisis.began_at >= timedelta(minutes=1):
        moments.insert(0, (crisis.began_at, _("alarm")))
    return [_mark(bins, at, word) for at, word in moments]


def _mark(bins: Bins, at: datetime, word: str) -> Tick:
    share = min(1.0, bins.place(at) / bins.many)
    anchor = "end" if share > 0.8 or word == _("alarm") else "start"
    return Tick(f"{100 * share:.1f}%", f"{words.at(at)} {word}", anchor)


def _rows(bins: Bins, cells: Sequence[list[str]]) -> list[tuple[str, list[str]]]:
    newest = range(bins.many - 1, max(-1, bins.many - 1 - ROWS), -1)
    return [(words.at(bins.start(place)), list(cells[place])) for place in newest]


def _volume_sentence(seen: Volume) -> str:
    values = {
        "peak": words.figure(int(seen.counts[seen.peak])),
        "at": words.at(seen.bins.start(seen.peak)),
        "last": words.figure(int(seen.counts[-1])),
        "length": span(seen.bins.width),
    }
    if seen.usual is None:
        sentence = _("At most %(peak)s mentions in %(length)s, at %(at)s; last %(last)s.")
        return sentence % values
    values["usual"] = words.figure(round(float(seen.usual.mean[seen.peak])))
    return (
        _("At most %(peak)s mentions in %(length)s, at %(at)s, usually %(usual)s; last %(last)s.")
        % values
    )


def _share_sentence(label: str, shares: Floats, bins: Bins) -> str:
    known = np.flatnonzero(~np.isnan(shares))
    if not len(known):
        return _("Too little was read in this time.")
    peak = known[int(np.nanargmax(shares[known]))]
    values = {
        "label": label,
        "peak": percent(shares[peak]),
        "at": words.at(bins.start(int(peak))),
        "last": percent(shares[known[-1]]),
    }
    return _("%(label)s: at most %(peak)s, at %(at)s; last %(last)s.") % values
