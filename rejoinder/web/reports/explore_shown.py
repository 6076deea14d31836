"""An answer of Explore as people read it: what was asked in words, charts with their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.channels.models import Account
from rejoinder.desk.experts import areas
from rejoinder.reporting.explore.asking import UNKNOWN, Asked
from rejoinder.reporting.explore.tables import Answer, Line
from rejoinder.reporting.rollup.blocks import lately
from rejoinder.reporting.rollup.columns import NO_NEED
from rejoinder.reporting.zone import zone
from rejoinder.web.frame import words
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
    hidden: bool
    mentions: str
    people: str
    sentence: str
    paths: list[str]
    rows: list[tuple[str, str, str]]


def said(asked: Asked, names: Mapping[str, Mapping[str, str]]) -> str:
    """What is asked, in a line: the time, what it is narrowed to, what stands side by side. `names`
    are those of the values of each dimension that it is narrowed to.
    """
    if asked.first and asked.last:
        days = [
            formats.date_format(each, "SHORT_DATE_FORMAT") for each in (asked.first, asked.last)
        ]
        parts = [_("from %(first)s to %(last)s") % {"first": days[0], "last": days[1]}]
    else:
        parts = [period(asked.period)]
    for name, value in asked.where.items():
        parts.append(f"{dimension(name)}: {names[name].get(value, value)}")
    if asked.by:
        parts.append(_("side by side: %(what)s") % {"what": dimension(asked.by)})
    return " · ".join(parts)


def names_of(asked: Asked) -> dict[str, dict[str, str]]:
    """What `said` needs of one question."""
    return {name: dict(choices(name)) for name in asked.where}


def shown(found: Answer) -> list[Shown]:
    """Each value that was counted, those with most mentions first."""
    names = dict(choices(found.asked.by)) if found.asked.by else {"": _("All of it")}
    blank = UNKNOWN if found.asked.by else ""
    named = [names.get(each.value or blank, each.value) for each in found.lines]
    box = Box(0, max(len(found.moments) - 1, 1), _top(found))
    return [_one(found, each, name, box) for each, name in zip(found.lines, named, strict=True)]


def axis(found: Answer) -> dict[str, str]:
    """What stands beside every chart: the most mentions of a step, the first time and the last."""
    if not found.moments:
        return {}
    ends = [_moment(at, found.step) for at in (found.moments[0], found.moments[-1])]
    return {"top": words.figure(_top(found)), "first": ends[0], "last": ends[1]}


def _top(found: Answer) -> int:
    """The most mentions of any step that is shown: charts side by side have one scale."""
    return max([1, *(each[0] for one in found.lines for each in one.steps if each)])


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
    return Shown(
        name, told.whole is None, mentions, people, sentence, _paths(box, told.steps), rows
    )


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


def choices(name: str) -> list[tuple[str, str]]:
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
    return [(each or UNKNOWN, each or _("not known")) for each in known]


def dimension(name: str) -> str:
    """Its name."""
    return {
        "channel": _("Channel"),
        "area": _("Area"),
        "need": _("Need"),
        "language": _("Language"),
    }[name]


def period(name: str) -> str:
    """One of `asking.PERIODS`, in words."""
    many = int(name[:-1])
    told = {
        "m": ngettext("the last %(n)d minute", "the last %(n)d minutes", many),
        "h": ngettext("the last %(n)d hour", "the last %(n)d hours", many),
        "d": ngettext("the last %(n)d day", "the last %(n)d days", many),
    }
    return told[name[-1]] % {"n": many}
