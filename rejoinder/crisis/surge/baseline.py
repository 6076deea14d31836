"""How many mentions are usual now, learned from each half-hour after it ended. Pure.

A half-hour's mean is a value for its place in the week times a level common to all. Both move
towards what came by a step that shrinks with experience: as counts, not as logarithms, which would
take a quiet night for quieter than it is. How far one half-hour can move them is bounded
(winsorised), so that no crisis becomes the usual.
"""

from datetime import date
from math import sqrt

from msgspec import Struct, field

from rejoinder.crisis.surge.calendar import HOLIDAY, KINDS, SLOT, SLOTS, WEEKDAY, WEEKEND, slot

FEWEST = 0.06  # mentions in a half-hour: nobody is so silent that one post is a surge
STEP = 0.05  # least step of a half-hour's own value
LEVEL_STEP = 0.005  # step of the level: follows a change of volume in about four days
LITTLE = 4.0  # mentions usual in a half-hour, from which the level hears half of what it says
FARTHEST, FARTHEST_AT_FIRST = 0.4, 10.0  # that one half-hour moves, in shares of the usual
CHANCE = 1.5  # and, beside it, in what it varies by chance
AT_FIRST = 3  # times that a place in the week was met
GUESSED = 2.0  # times that the guess of a place never met weighs as much as
BESIDE = 0.25  # weight of each half-hour beside one, whose own is a half
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
    level: float = 1.0
    values: list[list[float]] = field(default_factory=_table)
    met: list[list[float]] = field(default_factory=_table)
    # The half-hour under way: its number since 1970, what came, what was expected, bins seen.
    number: int = -1
    came: float = 0.0
    expected: float = 0.0
    bins: int = 0
    last: float | None = None  # value of the half-hour before
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
        return max(FEWEST, self.level * self._value(kind, place))

    def _value(self, kind: int, place: int) -> float:
        """What this place in the week and those beside it have; before that, what came last."""
        here = self._met(kind, place)
        if here is None:
            return FEWEST if self.last is None else self.last
        sums, weights = 2 * BESIDE * here, 2 * BESIDE
        for near in (place - 1, place + 1):
            beside = self._met(kind, near % SLOTS)
            if beside is not None:
                sums, weights = sums + BESIDE * beside, weights + BESIDE
        return sums / weights

    def _met(self, kind: int, place: int) -> float | None:
        """The value of a place in the week, or of its like on other days."""
        for day in (kind, *ELSEWHERE[kind]):
            if self.met[day][place]:
                return self.values[day][place]
        return None

    def _learn_from(self, number: int, length: int) -> None:
        """Move the half-hour's value and the level towards what came."""
        kind, place = self._place(number, length)
        met = self.met[kind][place]
        if self.last is None:
            value = max(FEWEST, self.came * length / (self.bins * self.bin))
        else:
            off = self._bounded(self.came - self.expected, at_first=met < AT_FIRST)
            value = self.values[kind][place] if met else self._value(kind, place)
            value = max(0.0, value + max(STEP, 1 / (met + 1 + GUESSED)) * off / self.level)
            if met:
                error = off / (self.expected + LITTLE)
                self.level *= 1 + LEVEL_STEP * min(max(error, -FARTHEST), FARTHEST)
        self.values[kind][place] = self.last = value
        self.met[kind][place] = met + 1

    def _bounded(self, off: float, *, at_first: bool) -> float:
        """What one half-hour may say, of what it was off."""
        share, more = (FARTHEST_AT_FIRST, 1.0) if at_first else (FARTHEST, 0.0)
        farthest = share * self.expected + CHANCE * sqrt(self.expected) + more
        return min(max(off, -farthest), farthest)
