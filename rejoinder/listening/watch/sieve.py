"""A fast first look: words of a batch that may be wanted, by sums of scrambled characters.

A word's mark is the sum of its characters' scrambled codes and of others for its first and last.
One table says which marks are wanted. Nothing wanted falls through; what passes is looked at
exactly by `Vocabulary`.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch.cut import Cut, Ints
from rejoinder.listening.watch.query import Word

_SPARE = 5  # the table has at least 2**5 places for each mark wanted, so that few others pass
_LONGEST_START = 6  # characters of a beginning that are looked at
_LONGEST = 64  # characters; longer words are all one length here
_HASH, _AT = ord("#"), ord("@")

Marks = NDArray[np.uint32]


class Sieve:
    """Made of the words that are wanted."""

    def __init__(self, words: Iterable[Word]) -> None:
        wanted = set(words)
        exact = [word.text for word in wanted if not word.starts and not word.edits]
        starts = [word.text[:_LONGEST_START] for word in wanted if word.starts]
        self._exact = _Table(exact)
        self._starts = {
            length: _Table([start for start in starts if len(start) == length])
            for length in sorted(set(map(len, starts)))
        }
        self._lengths = np.zeros(_LONGEST + 1, np.bool_)
        for word in wanted:
            if word.edits:
                size = len(word.text)
                self._lengths[max(0, size - word.edits) : size + word.edits + 1] = True

    def passing(self, cut: Cut) -> Ints:
        """The numbers of the words that may be wanted, ascending."""
        first = cut.codes[cut.start]
        body = cut.start + ((first == _HASH) | (first == _AT))
        sums = _sums(cut)
        passing = self._exact.holds(_marks(cut, sums, body, cut.stop))
        for length, table in self._starts.items():
            long = np.flatnonzero(cut.stop - body >= length)
            stop = body[long] + length
            passing[long] |= table.holds(_marks(cut, sums, body[long], stop))
        if self._lengths.any():
            passing |= self._lengths[np.minimum(cut.stop - body, _LONGEST)]
        # Words with an apostrophe have several forms.
        passing[np.searchsorted(cut.start, cut.apostrophes, side="right") - 1] = True
        return np.flatnonzero(passing)


class _Table:
    """Which marks are wanted, by their highest bits."""

    def __init__(self, words: list[str]) -> None:
        cut = Cut(words)
        bits = min(32, _SPARE + max(1, len(words)).bit_length())
        self._shift = np.uint32(32 - bits)
        self._wanted = np.zeros(1 << bits, np.bool_)
        self._wanted[_marks(cut, _sums(cut), cut.start, cut.stop) >> self._shift] = True

    def holds(self, marks: Marks) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self._wanted[marks >> self._shift]
        return found


def _sums(cut: Cut) -> Marks:
    """The sum of the scrambled codes up to each character."""
    return np.cumsum(_scrambled(cut.codes), dtype=np.uint32)


def _marks(cut: Cut, sums: Marks, start: Ints, stop: Ints) -> Marks:
    ends = 3 * _scrambled(cut.codes[start]) + 5 * _scrambled(cut.codes[stop - 1])
    marks: Marks = _scrambled(sums[stop - 1] - sums[start - 1] + ends)
    return marks


def _scrambled(codes: Marks) -> Marks:
    """Spread over 32 bits (a multiplication, a shift, a multiplication, as in MurmurHash3)."""
    mixed = codes * np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA77)
    return mixed
