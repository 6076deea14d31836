"""Many texts cut into words at once, in arrays: the same words as `words.tokens`, much faster."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch.words import fold

Ints = NDArray[np.int64]
Codes = NDArray[np.uint32]
Values = TypeVar("Values", Codes, Ints, NDArray[np.uint64])

_SPACE, _WORD, _SIGN, _APOSTROPHE = range(4)
_BEYOND = 128  # stands for all that is not ASCII, which is part of words once it is folded


def _kind(char: str) -> int:
    if char in "#@":
        return _SIGN
    if char == "'":
        return _APOSTROPHE
    return _WORD if char.isalnum() or char == "_" else _SPACE


_KINDS = bytes([*(_kind(chr(code)) for code in range(_BEYOND)), *[_WORD] * _BEYOND])


class Cut:
    """The words of some texts. Word n is `codes[start[n]:stop[n]]`, in text `text_of(n)`.

    `codes` are folded code points; `apostrophes` are the places of those inside words.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\n".join(("", *texts, ""))
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = np.append(0, np.cumsum(lengths + 1))  # the line feeds around the texts
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        folded, self._ends = _folded(codes, ends)
        narrow = np.minimum(folded, _BEYOND).astype(np.uint8)
        # Capitals are 32 apart from small letters; below "A" the subtraction wraps around.
        capitals = (narrow - np.uint8(65) < 26).astype(np.uint32)
        self.codes: Codes = folded | (capitals << np.uint32(5))
        kinds = np.frombuffer(bytearray(narrow.tobytes().translate(_KINDS)), np.uint8)
        self.apostrophes = _settle_signs(kinds)
        edges = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
        self.start, self.stop = edges[::2], edges[1::2]

    def text_of(self, words: Ints) -> Ints:
        """The numbers of the texts that hold these words."""
        found: Ints = np.searchsorted(self._ends, self.start[words]) - 1
        return found

    def text(self) -> str:
        """The folded texts as one, for slices from `start` to `stop`."""
        return self.codes.tobytes().decode("utf-32-le")


def _folded(codes: Codes, ends: Ints) -> tuple[Codes, Ints]:
    """All but the case of ASCII folded, and where the ends lie then."""
    foreign = np.flatnonzero(codes >= _BEYOND)
    if not len(foreign):
        return codes, ends
    distinct, which = np.unique(codes[foreign], return_inverse=True)
    pieces = [fold(chr(code)) for code in distinct.tolist()]
    flat = np.frombuffer("".join(pieces).encode("utf-32-le"), np.uint32)
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    grown = np.append(0, np.cumsum(sizes[which] - 1))
    values, piece, within = ragged(flat, (np.cumsum(sizes) - sizes)[which], sizes[which])
    at = (foreign + grown[:-1])[piece] + within
    kept = np.ones(len(codes) + grown[-1], np.bool_)
    kept[at] = False
    folded = np.empty(len(kept), np.uint32)
    folded[kept], folded[at] = codes[codes < _BEYOND], values
    return folded, ends + grown[np.searchsorted(foreign, ends)]


def _settle_signs(kinds: NDArray[np.uint8]) -> Ints:
    """Signs only before a word, apostrophes only inside one; others become spaces."""
    at = np.flatnonzero(kinds >= _SIGN)
    after_word, before_word = kinds[at - 1] == _WORD, kinds[at + 1] == _WORD
    inside = kinds[at] == _APOSTROPHE
    kept = before_word & (after_word == inside)
    kinds[at] = np.where(kept, _WORD, _SPACE)
    found: Ints = at[kept & inside]
    return found


def ragged(flat: Values, starts: Ints, sizes: Ints) -> tuple[Values, Ints, Ints]:
    """The pieces of `flat` that start there, one after another.

    For each value also the number of its piece, and how far inside the piece it stands.
    """
    piece = np.repeat(np.arange(len(starts)), sizes)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return flat[starts[piece] + within], piece, within
