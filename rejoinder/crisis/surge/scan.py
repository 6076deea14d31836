"""More than usual in the last minutes or hours: a likelihood ratio at each of several scales. Pure.

Counts are negative binomial about the usual mean: variance = mean + spread × mean². The ratio
compares the mean that fits the window best with the usual one (a scan by generalised likelihood
ratio: Tango, "Statistical Methods for Disease Clustering", 2010; Lawless 1987 for the law).
The spread is learned for each scale, because hours vary otherwise than minutes.
"""

from math import log
from typing import NamedTuple

from msgspec import Struct

SCALES = (120, 300, 480, 720, 1080, 1620, 2400, 3600, 5400, 9600)  # seconds
SPREAD = 0.05  # before anything was learned
HELD = 30.0  # windows that this weighs as much as
REMEMBERED = 60 * 86_400  # seconds over which the spread forgets
FARTHEST = 6.0  # squared deviations, in variances, that teach no more


class Strongest(NamedTuple):
    """The scale with the strongest evidence: its length in bins, what came, what is usual."""

    evidence: float
    bins: int
    came: float
    usual: float


NOTHING = Strongest(0.0, 0, 0.0, 0.0)


class Spread(Struct):
    """How much more than by chance the counts of one scale vary, from sums that forget."""

    forgets: float  # share, with each window
    excess: float = 0.0
    squares: float = 0.0
    windows: float = 0.0
    value: float = SPREAD

    def learn(self, count: float, mean: float) -> None:
        """Weigh a window by what was expected: few mentions tell little of a spread."""
        off = min((count - mean) ** 2, FARTHEST * (mean + self.value * mean**2))
        keep = 1 - self.forgets
        self.excess = keep * self.excess + off - mean
        self.squares = keep * self.squares + mean**2
        self.windows = keep * self.windows + 1
        known = self.windows * self.excess / self.squares
        self.value = max(0.0, (known + HELD * SPREAD) / (self.windows + HELD))


class Scan(Struct):
    """The windows that end now. Costs the same for each bin, whatever the length of the windows."""

    lengths: list[int]  # bins
    spreads: list[Spread]
    counts: list[float]  # sums from the start, a ring
    means: list[float]
    at: int = 0

    def add(self, count: float, mean: float, doubt: float) -> Strongest:
        """Take one bin; the scale that now says most against the usual."""
        size = len(self.counts)
        here = self.at % size
        total = self.counts[here - 1] + count
        usual = self.means[here - 1] + mean
        self.counts[here], self.means[here] = total, usual
        self.at += 1
        best = NOTHING
        for k, length in enumerate(self.lengths):
            began = here - length
            came = total - self.counts[began]
            expected = usual - self.means[began]
            if came > expected:
                found = evidence(came, expected, self.spreads[k].value + doubt)
                if found > best.evidence:
                    best = Strongest(found, length, came, expected)
            if self.at % length == 0 and expected > 0:
                self.spreads[k].learn(came, expected)
        return best

    def sums(self, bins: int) -> tuple[float, float]:
        """What came in the last so many bins, and what is usual."""
        size = len(self.counts)
        now, began = (self.at - 1) % size, (self.at - 1 - bins) % size
        return self.counts[now] - self.counts[began], self.means[now] - self.means[began]

    def skip(self, bins: int) -> None:
        """Bins of which nothing is known: they neither came nor were expected."""
        size = len(self.counts)
        for _ in range(min(bins, size)):
            here = self.at % size
            self.counts[here], self.means[here] = self.counts[here - 1], self.means[here - 1]
            self.at += 1


def scan(bin_length: int) -> Scan:
    """A scan that has seen nothing yet, for bins of so many seconds."""
    lengths = sorted({max(1, round(scale / bin_length)) for scale in SCALES})
    size = max(lengths) + 1
    spreads = [Spread(length * bin_length / REMEMBERED) for length in lengths]
    return Scan(lengths, spreads, [0.0] * size, [0.0] * size)


def evidence(count: float, mean: float, spread: float) -> float:
    """Log-likelihood ratio of the mean that fits best against `mean`, with this spread."""
    plain = count * log(count / mean)
    if spread * mean < 1e-6:
        return plain - (count - mean)
    shape = 1 / spread
    return plain - (count + shape) * log((count + shape) / (mean + shape))
