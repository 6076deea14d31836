"""Looks for the cues in a batch: which concepts each post has, and in which words."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import re2
from numpy.typing import NDArray

from rejoinder.listening.read.cues import concepts

Bits = NDArray[np.bool_]

_MEMORY = 64 << 20  # bytes one expression may use for its states before it starts over
_FIGURE = "figure"


class Found:
    """What a scan found. Ask for a concept by name: one truth value for each post."""

    def __init__(self, texts: list[bytes], bits: Bits) -> None:
        self._texts = texts
        self.bits = bits  # posts × concepts, in the order of `names()`

    def __getitem__(self, name: str) -> Bits:
        return self.bits[:, names().index(name)]

    def text(self, post: int) -> bytes:
        """The text as it was scanned: folded, its figures of speech taken out."""
        return self._texts[post]

    def words(self, post: int, name: str) -> str:
        """The first words of that post in which the concept was found."""
        match = _compiled()[name].search(self._texts[post])
        return " ".join(match.group().decode("utf-8", "replace").split()) if match else ""


@cache
def names() -> tuple[str, ...]:
    """The concepts, as the columns of `Found.bits` stand."""
    return tuple(concepts())


def scan(texts: Sequence[bytes], posts: Iterable[int] | None = None) -> Found:
    """Look for every concept in folded texts, or only in those posts of them.

    Figures of speech are taken out first, so that nobody "dies" of waiting. One concept after the
    other goes over the whole batch: its states stay in the processor's cache.
    """
    kept, bits = list(texts), np.zeros((len(texts), len(names())), np.bool_)
    looked = list(range(len(texts)) if posts is None else posts)
    figure = _compiled()[_FIGURE]
    for post in looked:
        if figure.search(kept[post]):
            kept[post] = figure.sub(b" _ ", kept[post])
            bits[post, names().index(_FIGURE)] = True
    for column, name in enumerate(names()):
        if name != _FIGURE:
            search = _compiled()[name].search
            bits[looked, column] = [search(kept[post]) is not None for post in looked]
    return Found(kept, bits)


@cache
def _compiled() -> dict[str, Any]:
    # Latin-1: what is no ASCII letter stands between words, and the states stay few.
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.log_errors = False
    return {name: re2.compile(found.encode(), options) for name, found in concepts().items()}
