"""The chart of a report as SVG, the same on a page and in print. Pure."""

from collections.abc import Sequence

from rejoinder.crisis.report.document import Chart, Mark
from rejoinder.plumbing.markup import Markup, joined, tag

WIDTH, HEIGHT = 640.0, 200.0
LEFT, RIGHT, TOP, FOOT = 44.0, 8.0, 24.0, 22.0


def svg(chart: Chart, style: str = "") -> Markup:
    """The drawing; `style` is for where no sheet of the page reaches it, such as in a PDF."""
    parts = [tag("style", Markup(style))] if style else []
    parts += [*_axes(chart), *_ticks(chart.ticks)]
    if chart.high:
        ends = [*_points(chart.low, chart.top), *reversed(_points(chart.high, chart.top))]
        parts.append(tag("polygon", points=_path(ends), class_="band"))
        usual = _path(_points(chart.usual, chart.top))
        parts.append(tag("polyline", points=usual, class_="usual"))
    parts.append(tag("polyline", points=_path(_points(chart.values, chart.top)), class_="line"))
    parts += [element for mark in chart.marks for element in _mark(mark)]
    return tag(
        "svg",
        joined(*parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="img",
        aria_label=chart.label,
    )


Point = tuple[float, float]


def _points(values: Sequence[float], top: float) -> list[Point]:
    """In the middle of their steps."""
    return [(_x((at + 0.5) / len(values)), _y(value / top)) for at, value in enumerate(values)]


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, share))


def _y(share: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * min(1.0, max(0.0, share))


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _axes(chart: Chart) -> list[Markup]:
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = f"{_y(share):.1f}"
        parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"))
        parts.append(_words(f"{chart.top * share:,.0f}", LEFT - 6, float(y) + 4, "end"))
    return parts


def _ticks(ticks: Sequence[Mark]) -> list[Markup]:
    return [_words(tick.words, _x(tick.at), HEIGHT - 5, "middle") for tick in ticks]


def _mark(mark: Mark) -> list[Markup]:
    x = f"{_x(mark.at):.1f}"
    anchor, beside = ("end", -5) if mark.before else ("start", 5)
    return [
        tag("line", x1=x, x2=x, y1=TOP - 12, y2=HEIGHT - FOOT, class_="mark"),
        _words(mark.words, float(x) + beside, TOP - 4, anchor),
    ]


def _words(said: str, x: float, y: float, anchor: str) -> Markup:
    return tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)
