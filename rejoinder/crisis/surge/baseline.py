"""How many mentions are usual now, learned from each half-hour after it ended. Pure.

The logarithm of a half-hour's mean is a value for its place in the week and a level common to all.
Both move towards what came by a step that shrinks with experience. How far one half-hour can move
them is bounded (winsorised), so that no crisis becomes the usual.
"""

from datetime import date
from math import exp, log

from msgspec import Struct, field

from rejoinder.crisis.surge.calendar import HOLIDAY, KINDS, SLOT, SLOTS, WEEKDAY, WEEKEND, slot

FEWEST = 0.06  # mentions in a half-hour: nobody is so silent that one post is a surge
STEP = 0.05  # least step of a half-hour's own value
LEVEL_STEP = 0.005  # step of the level: follows a change of volume in about four days
FARTHEST = 0.4  # of one step, before its weight
FARTHEST_AT_FIRST = 2.5
# Log-variance of a mean by how often its place in the week was met: none, once, twice …
DOUBT, MET = 0.3, 0.5
ELSEWHERE = {WEEKDAY: (WEEKEND,), WEEKEND: (WEEKDAY,), HOLIDAY: (WEEKEND, WEEKDAY)}


def _table() -> list[list[float]]:
    return [[0.0] * SLOTS for _ in range(KINDS)]


class Usual(Struct):
    """Means of a half-hour and of those beside it, and how sure they are."""

    before: float
    here: float
    after: float
    doubt: float


class Baseline(Struct):
    """Learns from counts in the order of time; tells a mean for bins not seen yet."""

    bin: int
    zone: str = "UTC"
    holidays: frozenset[date] = frozenset()
    level: float = 0.0
    means: list[list[float]] = field(default_factory=_table)
    met: list[list[float]] = field(default_factory=_table)
    # The half-hour under way: its number since 1970, what came, what was expected, bins seen.
    number: int = -1
    came: float = 0.0
    expected: float = 0.0
    bins: int = 0
    last: float | None = None  # of the half-hour before, learned
    usual: Usual = field(default_factory=lambda: Usual(FEWEST, FEWEST, FEWEST, DOUBT / MET))

    def mean(self, at: float) -> float:
        """Mentions usual in the bin that begins at `at`; between half-hours it changes evenly."""
        middle = at + self.bin / 2
        length = max(SLOT, self.bin)
        number = int(middle // length)
        if number != self.number:
            self._turn(number, length)
        usual = self.usual
        off = middle / length - number - 0.5
        beside = usual.after if off > 0 else usual.before
        return (usual.here + abs(off) * (beside - usual.here)) * self.bin / length

    def learn(self, count: float, mean: float) -> None:
        """Note what came in the bin for which `mean` was asked last."""
        self.came += count
        self.expected += mean
        self.bins += 1

    def _turn(self, number: int, length: int) -> None:
        """End one half-hour and begin another."""
        if self.bins:
            self._learn_from(self.number, length)
        self.number, self.came, self.expected, self.bins = number, 0.0, 0.0, 0
        kind, place = self._place(number, length)
        self.usual = Usual(
            self._mean(*self._place(number - 1, length)),
            self._mean(kind, place),
            self._mean(*self._place(number + 1, length)),
            DOUBT / (MET + self.met[kind][place]),
        )

    def _place(self, number: int, length: int) -> tuple[int, int]:
        return slot((number + 0.5) * length, self.zone, self.holidays)

    def _mean(self, kind: int, place: int) -> float:
        return max(FEWEST, exp(self._log_mean(kind, place)))

    def _log_mean(self, kind: int, place: int) -> float:
        """The value of this place in the week, of its like on other days, or of just before."""
        for day in (kind, *ELSEWHERE[kind]):
            if self.met[day][place]:
                return self.means[day][place] + self.level
        return log(FEWEST) if self.last is None else self.last

    def _learn_from(self, number: int, length: int) -> None:
        """Move the half-hour's value and the level towards what came."""
        kind, place = self._place(number, length)
        whole = self.bins * self.bin / length  # the share of it that was seen
        guess = self._log_mean(kind, place)
        error = log((self.came + 0.5 * whole) / (max(self.expected, FEWEST * whole) + 0.5 * whole))
        met = self.met[kind][place]
        if self.last is not None:
            farthest = FARTHEST if met >= 3 else FARTHEST_AT_FIRST
            error = min(max(error, -farthest), farthest) * min(1.0, whole)
        if met:
            self.level += LEVEL_STEP * error
        step = max(STEP, 1 / (met + 1))
        self.means[kind][place] = guess - self.level + step * error
        self.met[kind][place] = met + 1
        self.last = self.means[kind][place] + self.level
