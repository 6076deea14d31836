"""Looks for the cues in a batch: which concepts each post has, and in which words."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import re2
from numpy.typing import NDArray

from rejoinder.listening.read.cues import beside, concepts

Bits = NDArray[np.bool_]

_MEMORY = 64 << 20  # bytes one expression may use for its states before it starts over
_FIGURE = "figure"
DANGER = (
    "emergency",
    "alarm",
    "body",
    "depends",
    "fraud",
    "leak",
    "self_harm",
    "threat",
    "domestic",
    "stalking",
)
_MARKS = b' \t\r\n.,;:!?-_*"()/'


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

    def look(self, posts: Iterable[int], concepts: Iterable[str]) -> None:
        """Look for some concepts in some posts, their figures of speech taken out.

        One concept after the other goes over all of them: its states stay in the processor's cache.
        """
        looked = list(posts)
        figure = _has(_FIGURE)
        for post in looked:
            if figure(self._texts[post]) is not None:
                self._texts[post] = _expression(_FIGURE).sub(b" _ ", self._texts[post])
                self.bits[post, names().index(_FIGURE)] = True
        for name in concepts:
            has = _has(name)
            hits = [has(self._texts[post]) is not None for post in looked]
            self.bits[looked, names().index(name)] = hits

    def danger(self) -> Bits:
        """Which posts have any word of danger, whatever stands beside it."""
        return np.asarray(self.bits[:, [names().index(name) for name in DANGER]].any(axis=1))

    def beside(self, name: str, of: Bits) -> Bits:
        """Which of some posts have a concept that is no column: see `cues.beside`."""
        has, found = _has(name), np.zeros(len(of), np.bool_)
        asked = np.flatnonzero(of).tolist()
        found[asked] = [has(self._texts[post]) is not None for post in asked]
        return found

    def wordless(self) -> Bits:
        """Which posts have nothing but marks: they cannot say anything."""
        return np.array([not text.strip(_MARKS) for text in self._texts], np.bool_)

    def words(self, post: int, name: str) -> str:
        """The first words of that post in which the concept was found."""
        match = _expression(name).search(self._texts[post])
        return " ".join(match.group().decode("utf-8", "replace").split()) if match else ""


@cache
def names() -> tuple[str, ...]:
    """The concepts, as the columns of `Found.bits` stand."""
    return tuple(concepts())


def scan(texts: Sequence[bytes], posts: Iterable[int] | None = None) -> Found:
    """Look for every concept in folded texts, or at a glance: in those posts, for danger first.

    Figures of speech are taken out before, so that nobody "dies" of waiting. A glance looks for
    the other concepts only where there is danger.
    """
    found = Found(list(texts), np.zeros((len(texts), len(names())), np.bool_))
    others = [name for name in names() if name != _FIGURE]
    if posts is None:
        found.look(range(len(texts)), others)
        return found
    found.look(posts, DANGER)
    found.look(
        np.flatnonzero(found.bits.any(axis=1)).tolist(), [n for n in others if n not in DANGER]
    )
    return found


@cache
def _has(name: str) -> Callable[[bytes], object]:
    """Whether a concept is in a text: not None. A set of one answers faster than a search."""
    alone = re2.Set.SearchSet(_options())
    alone.Add((concepts() | beside())[name].encode())
    alone.Compile()
    match: Callable[[bytes], object] = alone.Match
    return match


@cache
def _expression(name: str) -> Any:
    return re2.compile(concepts()[name].encode(), _options())


def _options() -> Any:
    # Latin-1: what is no ASCII letter stands between words, and the states stay few.
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
