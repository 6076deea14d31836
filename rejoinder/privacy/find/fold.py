"""Texts as plain ASCII, one character for each code point, so that places stay what they are."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

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
        self._texts = list(texts)
        odd = [number for number, text in enumerate(texts) if not text.isascii()]
        for number, text in zip(odd, _fold([texts[number] for number in odd]), strict=True):
            self._texts[number] = text
        joined = BETWEEN.join([*self._texts, ""])
        if joined.count(BETWEEN) != len(texts):
            self._texts = [text.replace(BETWEEN, " ") for text in self._texts]
            joined = BETWEEN.join([*self._texts, ""])
        self.raw = joined.encode("ascii")
        sizes = np.fromiter(map(len, self._texts), np.intp, len(texts)) + 1
        self.starts: list[int] = [0, *np.cumsum(sizes).tolist()]

    def text(self, number: int) -> str:
        """One of them, folded."""
        return self._texts[number]


def _fold(texts: Sequence[str]) -> list[str]:
    """Texts with characters beyond ASCII, all at once."""
    if not texts:
        return []
    joined = BETWEEN.join(text.replace(BETWEEN, " ") for text in texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = points.astype(np.uint8)
    beyond = np.flatnonzero(points > 127)
    found, which = np.unique(points[beyond], return_inverse=True)
    folded[beyond] = np.array([_plain(int(point)) for point in found], np.uint8)[which]
    return folded.tobytes().decode("ascii").split(BETWEEN)


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
