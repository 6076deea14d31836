"""Texts as plain ASCII, one character for each code point, so that places stay what they are."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

BETWEEN = "\x1e"  # stands between texts that are searched together
UNSEEN = "\x01"  # zero width, or drawn over the character before
OPAQUE = "\x03"  # what was masked already; nothing reaches across it
_FEW = {
    "ß": "s",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "ı": "i",
    "æ": "a",
    "•": ".",
    "£": "$",
    "€": "$",
}


class Folded:
    """Some texts end to end; `raw` has `BETWEEN` after each, and `starts` where each begins."""

    def __init__(self, texts: Sequence[str]) -> None:
        sizes = np.fromiter(map(len, texts), np.intp, len(texts)) + 1
        ends = np.cumsum(sizes)
        self.starts: list[int] = [0, *ends.tolist()]
        self.raw = _fold(BETWEEN.join([*texts, ""]), ends - 1)

    def text(self, number: int) -> str:
        """One of them, folded."""
        return self.raw[self.starts[number] : self.starts[number + 1] - 1].decode("ascii")


def _fold(joined: str, between: "np.ndarray[Any, np.dtype[np.intp]]") -> bytes:
    if joined.isascii() and joined.count(BETWEEN) == len(between):
        return joined.encode("ascii")
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = points.astype(np.uint8)
    beyond = np.flatnonzero(points > 127)
    found, which = np.unique(points[beyond], return_inverse=True)
    folded[beyond] = np.array([_plain(int(point)) for point in found], np.uint8)[which]
    folded[points == ord(BETWEEN)] = ord(" ")
    folded[between] = ord(BETWEEN)
    return folded.tobytes()


@lru_cache(maxsize=8192)
def _plain(point: int) -> int:
    """The ASCII character that stands for a code point beyond it."""
    char = chr(point)
    if char in _FEW:
        return ord(_FEW[char])
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return ord(str(digit))
    base = unicodedata.normalize("NFKD", char)[:1]
    if base.isascii() and (base.isprintable() or base == " "):
        return ord(base)
    return ord(_BY_CATEGORY.get(unicodedata.category(char), "?"))


_BY_CATEGORY = {
    "Lu": "X", "Lt": "X", "Ll": "x", "Lm": "x", "Lo": "x", "Pd": "-", "Pc": "_", "Zs": " ",
    "Zl": "\n", "Zp": "\n", "Cf": UNSEEN, "Mn": UNSEEN, "Me": UNSEEN, "Nd": "0", "Pi": "'",
    "Pf": "'", "Sk": UNSEEN,
}  # fmt: skip
