"""A share of people with its interval, and how far two of them lie apart. Pure.

Wilson (1927), J. Am. Stat. Assoc. 22, 209–212; for the difference Newcombe (1998), Statistics in
Medicine 17, 873–890, method 10.
"""

from dataclasses import dataclass
from math import hypot

from scipy.stats import binomtest


@dataclass(frozen=True, slots=True)
class Share:
    """`many` of `people`, and where the share lies in 19 of 20 cases."""

    many: int
    people: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Apart:
    """The second share less the first, in -1 … 1, and where that lies in 19 of 20 cases."""

    apart: float
    low: float
    high: float

    @property
    def differs(self) -> bool:
        """Whether no difference at all lies outside."""
        return self.low > 0 or self.high < 0


def share(many: int, people: int) -> Share:
    """Raises ValueError of nobody, or of more than there are."""
    ends = binomtest(many, people).proportion_ci(0.95, method="wilson")
    return Share(many, people, many / people, float(ends.low), float(ends.high))


def apart(first: Share, then: Share) -> Apart:
    """Both are taken for different people."""
    value = then.share - first.share
    down = hypot(then.share - then.low, first.high - first.share)
    up = hypot(then.high - then.share, first.share - first.low)
    return Apart(value, value - down, value + up)
