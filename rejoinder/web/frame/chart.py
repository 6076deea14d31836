"""Lines for charts: shapes stretch in a box of 1000 × 100, text stands beside them unstretched."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """What the axes span: x from `start` to `end`, y from 0 to `top`."""

    start: float
    end: float
    top: float

    def x(self, value: float) -> float:
        """Of a thousand."""
        return 1000 * (value - self.start) / max(self.end - self.start, 1e-9)

    def y(self, value: float) -> float:
        """Of a hundred, downwards as screens count."""
        return 100 - 100 * min(max(value, 0.0), self.top) / max(self.top, 1e-9)


def line(box: Box, points: Sequence[Point]) -> str:
    """The path through these points."""
    return " ".join(f"{'L' if n else 'M'}{_pair(box, point)}" for n, point in enumerate(points))


def band(box: Box, low: Sequence[Point], high: Sequence[Point]) -> str:
    """The area between two lines."""
    return f"{line(box, [*low, *reversed(high)])}Z" if low else ""


def _pair(box: Box, point: Point) -> str:
    return f"{box.x(point[0]):.1f} {box.y(point[1]):.1f}"
