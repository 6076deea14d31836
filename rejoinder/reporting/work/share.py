"""A share of people with its interval, and how far two of them lie apart. Pure.

Wilson (1927), J. Am. Stat. Assoc. 22, 209–212; for the difference Newcombe (1998), Statistics in
Medicine 17, 873–890, method 10.
"""

from dataclasses import dataclass
from math import hypot, sqrt

_SURE = 1.959964  # 19 of 20 on either side


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
    if not 0 <= many <= people or not people:
        raise ValueError("a share is of somebody, and of no more than there are")
    part, square = many / people, _SURE * _SURE
    middle = part + square / (2 * people)
    half = _SURE * sqrt(part * (1 - part) / people + square / (4 * people * people))
    low, high = ((middle + side * half) / (1 + square / people) for side in (-1, 1))
    return Share(many, people, part, max(0.0, low), min(1.0, high))


def apart(first: Share, then: Share) -> Apart:
    """Both are taken for different people."""
    value = then.share - first.share
    down = hypot(then.share - then.low, first.high - first.share)
    up = hypot(then.high - then.share, first.share - first.low)
    return Apart(value, value - down, value + up)
