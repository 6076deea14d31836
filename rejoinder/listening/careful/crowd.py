"""In a crowd: who only resembles urgent people is one of many. Pure.

A post without any word of danger is urgent when it reads like posts that were. On the morning of a
leak nearly everybody writes so, and where all are urgent nobody is. Two rules hold then, for posts
that speak of no danger of their own:

- what many ask is no longer urgent by itself, and opens no safety card by resemblance: it wants one
  answer, soon, for all;
- of the last posts no more are urgent by resemblance than a share, those likeliest to be.

Measured where they came from: docs/decisions/0038-one-of-many.md.
"""

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec.structs import replace

from rejoinder.listening.read.grade import GRADES
from rejoinder.listening.read.words import Because, Reading

SHARE = 0.10  # of the last posts, at most, are urgent by resemblance
LAST = 500
FEW = 10  # so many may be in any case: of few posts a share says nothing
EXPOSED = "exposed"  # of a leak many speak; somebody's own danger has other words
OWN_DANGER = frozenset(GRADES) - {EXPOSED}


def yields_to_many(codes: Iterable[str], safety: str | None) -> bool:
    """Whether an urgent reading with these reasons speaks of no danger of one's own.

    Where a card was opened a lead has it, whatever many ask since.
    """
    return safety is None and not OWN_DANGER & set(codes)


def one_of(reading: Reading, people: int) -> Reading:
    """The reading of a post that asks what so many ask."""
    if reading.need != "urgent" or OWN_DANGER & set(_codes(reading)):
        return reading
    because = Because("asked-by-many", str(people))
    return replace(reading, need="common", safety=None, why=(because,))


class Crowd:
    """How likely the last posts were urgent, where nothing but resemblance says so."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=LAST)

    def take(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings of a batch, in the order in which they were read, with fewer urgent ones.

        A desk that hears little lets FEW of its last posts be urgent, however many it has.
        """
        alike = [_by_resemblance(reading) for reading in readings]
        self._last.extend(
            reading.confidence.need if is_alike else 0.0
            for reading, is_alike in zip(readings, alike, strict=True)
        )
        least = self._least()
        return [
            _calmed(reading) if is_alike and reading.confidence.need < least else reading
            for reading, is_alike in zip(readings, alike, strict=True)
        ]

    def _least(self) -> float:
        """How likely a post has to be, so that no more than the share is."""
        allowed = max(FEW, int(SHARE * len(self._last)))
        if len(self._last) <= allowed:
            return 0.0
        chances = np.array(self._last)
        return float(np.partition(chances, -allowed)[-allowed])


def _by_resemblance(reading: Reading) -> bool:
    codes = _codes(reading)
    return reading.need == "urgent" and reading.safety is None and not set(GRADES) & set(codes)


def _calmed(reading: Reading) -> Reading:
    return replace(reading, need=reading.calm, why=(Because("one-of-many"), *reading.why[1:]))


def _codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.why]
