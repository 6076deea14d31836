"""Words and pairs of words of a batch as numbers, for all posts at once and none one by one.

A word's number is its polynomial in an odd base modulo 2⁶⁴, so that the differences of one running
sum give the numbers of all words; an odd base has an inverse, which takes the place away.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Posts = NDArray[np.intp]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)

_SIGN = np.isin(np.arange(256), [ord("!"), ord("?")])  # each is a word of its own
_IN_WORD = _SIGN | np.isin(
    np.arange(256), [*range(48, 58), ord("_"), *range(97, 123), *range(0x80, 0xF0)]
)
_AT = ord("@")  # what follows is somebody's handle, no word


def words(texts: Sequence[bytes]) -> tuple[Posts, Numbers]:
    """Of every word, in order: which of the folded texts it stands in, and its number."""
    letters = np.frombuffer(b"\0".join(texts) + b"\0", np.uint8)
    starts, ends = _bounds(letters)
    sums = np.concatenate(([np.uint64(0)], np.cumsum(letters * _powers(_BASE, letters))))
    numbers = (sums[ends] - sums[starts]) * _powers(_INVERSE, letters)[starts]
    breaks = np.flatnonzero(letters == 0)
    return np.searchsorted(breaks, starts), _mixed(numbers)


def pairs(posts: Posts, numbers: Numbers) -> tuple[Posts, Numbers]:
    """The same of every two words that stand side by side in a post."""
    beside = posts[1:] == posts[:-1]
    joined = _mixed(numbers[:-1] * _MIX + numbers[1:])
    return posts[1:][beside], joined[beside]


def _bounds(letters: NDArray[np.uint8]) -> tuple[Posts, Posts]:
    """Where words start, and where they end; a sign and an emoji are words of their own."""
    inside = _IN_WORD[letters]
    before = np.concatenate(([False], inside[:-1]))
    sign = _SIGN[letters]
    forced = sign.copy()
    forced[1:] |= sign[:-1]
    forced[4:] |= letters[:-4] >= 0xF0  # an emoji has four bytes; what follows is a new word
    starts = inside & (~before | forced)
    first = np.flatnonzero(starts)
    ends = np.flatnonzero(before & (~inside | starts))
    word = letters[first - 1] != _AT
    return first[word], ends[word]


def _powers(base: int, letters: NDArray[np.uint8]) -> Numbers:
    """The first powers of a base, as many as there are letters, modulo 2⁶⁴."""
    known = _POWERS.get(base)
    if known is None or len(known) < len(letters):
        known = np.full(max(len(letters), 1 << 16), base, np.uint64)
        known[0] = 1
        known = _POWERS[base] = np.cumprod(known)
    return known[: len(letters)]


_POWERS: dict[int, Numbers] = {}


def _mixed(numbers: Numbers) -> Numbers:
    """Every bit of a number into its upper bits, by which tables are addressed."""
    numbers = (numbers ^ (numbers >> _HALF)) * _MIX
    return numbers ^ (numbers >> _HALF)
