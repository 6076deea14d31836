"""Small charts as inline SVG. Each stands beside a table of its numbers. Pure.

Shapes carry the data, words stand at them; axes begin at zero and have three ticks at most.
"""

import numpy as np

from rejoinder.drill.report.outcome import Floats, Ints
from rejoinder.drill.report.words import count, percent
from rejoinder.drill.world import DAY_S, HOUR_S
from rejoinder.plumbing.markup import Markup, joined, tag

WIDTH, LEFT, RIGHT, TOP, FOOT = 380.0, 40.0, 8.0, 18.0, 20.0
ROW = 24.0
NAMES = 104.0  # room for names left of bars


def line(
    moments: Floats,
    values: Floats,
    *,
    top: float,
    label: str,
    kind: str = "measured",
    height: float = 150.0,
    cap: float | None = None,
    mark: tuple[float, str] | None = None,
) -> Markup:
    """One quantity through the day. `cap` is a line not to be passed, `mark` a moment in words."""
    points = " ".join(
        f"{_x(at):.1f},{_y(value, top, height):.1f}"
        for at, value in zip(moments, values, strict=True)
    )
    base = f"{_x(moments[-1]):.1f},{_y(0, top, height):.1f}"
    area = f"{_x(moments[0]):.1f},{_y(0, top, height):.1f} {points} {base}"
    parts = [
        *_axes(top, height),
        tag("polygon", points=area, class_=f"area {kind}"),
        tag("polyline", points=points, class_=f"line {kind}"),
    ]
    if cap is not None:
        parts.append(_rule(cap, top, height))
    if mark is not None:
        parts += _mark(*mark, height)
    return _picture(label, height, *parts)


def bars_by_hour(came: Ints, helped: Ints, *, top: float, label: str) -> Markup:
    """Of those who came in each hour, how many were helped: the dark part of the bar."""
    height = 150.0
    wide = (WIDTH - LEFT - RIGHT) / len(came)
    parts = [*_axes(top, height)]
    for hour, (all_, some) in enumerate(zip(came.tolist(), helped.tolist(), strict=True)):
        for kind, number in (("rest", all_), ("measured", some)):
            begin = _y(number, top, height)
            parts.append(
                tag(
                    "rect",
                    x=f"{LEFT + hour * wide + 1:.1f}",
                    y=f"{begin:.1f}",
                    width=f"{wide - 2:.1f}",
                    height=f"{_y(0, top, height) - begin:.1f}",
                    class_=f"bar {kind}",
                )
            )
    return _picture(label, height, *parts)


def bars(names: list[str], shares: list[float], *, label: str) -> Markup:
    """A share for each name."""
    room = WIDTH - NAMES - 44
    parts = []
    for row, (name, share) in enumerate(zip(names, shares, strict=True)):
        y = row * ROW
        width = f"{room * share:.1f}"
        parts += [
            _words(name, NAMES - 8, y + 16, "end"),
            tag("rect", x=NAMES, y=y + 5, width=room, height=14, class_="bar rest"),
            tag("rect", x=NAMES, y=y + 5, width=width, height=14, class_="bar measured"),
            _words(percent(share), WIDTH - 4, y + 16, "end", "strong"),
        ]
    return _picture(label, ROW * len(names) + 4, *parts)


def _x(at: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * at / DAY_S


def _y(value: float, top: float, height: float) -> float:
    return height - FOOT - (height - FOOT - TOP) * value / top


def _axes(top: float, height: float) -> list[Markup]:
    """Hairlines at nothing, half and all, and the hours below."""
    parts = []
    for tick in (0.0, top / 2, top):
        y = f"{_y(tick, top, height):.1f}"
        parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"))
        parts.append(_words(count(tick), LEFT - 6, float(y) + 4, "end"))
    for hour in (0, 6, 12, 18, 24):
        anchor = {0: "start", 24: "end"}.get(hour, "middle")
        parts.append(_words(f"{hour:02}:00", _x(hour * HOUR_S), height - 4, anchor))
    return parts


def _rule(cap: float, top: float, height: float) -> Markup:
    y = f"{_y(cap, top, height):.1f}"
    return tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="cap")


def _mark(at: float, said: str, height: float) -> list[Markup]:
    x = _x(at)
    # Right of it the picture is filled, and the words cross no line; late in the day they have
    # no room there, and the line left of it is high.
    anchor = "end" if at > 0.7 * DAY_S else "start"
    beside = x - 5 if anchor == "end" else x + 5
    return [
        tag("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=TOP, y2=height - FOOT, class_="mark"),
        _words(said, beside, height - FOOT - 8, anchor, "marked"),
    ]


def _words(said: str, x: float, y: float, anchor: str, kind: str = "") -> Markup:
    return tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=kind or None)


def _picture(label: str, height: float, *parts: Markup) -> Markup:
    return tag(
        "svg",
        joined(*parts),
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_label=label,
    )


def round_up(value: float) -> float:
    """The next number that reads well at the top of an axis, and halved."""
    if value <= 10:
        return float(max(2, np.ceil(value / 2) * 2))
    step = 10.0 ** np.floor(np.log10(value))
    return float(next(step * times for times in (1, 2, 3, 4, 5, 6, 8, 10) if step * times >= value))
