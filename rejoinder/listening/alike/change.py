"""Whether a question changes: the newest posts that ask it against the first ones.

A sequential two-sample test. The squared distance between the mean of the newest posts and that of
the reference, under the map that tells questions apart, is compared with its distribution for
posts of one question: a gamma with the mean and variance that the scatter of the reference gives
(Satterthwaite, 1946). Its tail is heavier for real posts, and each post is a new look, so the line
is drawn by measurement: where one unchanged question in a hundred crosses it.
"""

import math
from collections import Counter, deque
from typing import Any, NamedTuple

import numpy as np
from scipy.special import gammaincc

from rejoinder.listening.alike.arrays import Doubles, Floats
from rejoinder.listening.alike.lexicon import spelled

REFERENCE = 60  # posts
NEWEST = 18
SURPRISE = 14.0  # natural logarithm of one over the tail
SAID_BY = 3  # newest posts that hold a word before it is told
TOLD = 5  # words


class Change(NamedTuple):
    """A question that changed: words that are new in it, the most telling first."""

    question: str
    words: tuple[str, ...]


class Hearing:
    """What one question was like, and what it is like now."""

    def __init__(self, dimensions: int) -> None:
        self.vectors = np.zeros((REFERENCE + NEWEST, dimensions), np.float16)
        self.heard = 0
        self.said: Counter[str] = Counter()
        self.saying: deque[list[str]] = deque(maxlen=NEWEST)
        self._version = -1
        self._scatter = (1.0, 1.0)

    def hear(self, vector: Floats, text: str, telling: Floats, version: int) -> bool:
        """One more post; True when the question has changed. `version` names the map."""
        if self.heard < REFERENCE:
            self.vectors[self.heard] = vector
            self.said.update(set(spelled(text)))
        else:
            self.vectors[REFERENCE + (self.heard - REFERENCE) % NEWEST] = vector
            self.saying.append(sorted(set(spelled(text))))
        self.heard += 1
        if self.heard == REFERENCE:  # a word of one post may be somebody's name
            self.said = Counter({word: n for word, n in self.said.items() if n > 1})
        full = self.heard >= REFERENCE + NEWEST
        return full and self._surprise(telling, version) >= SURPRISE

    def told(self) -> tuple[str, ...]:
        """The words of the newest posts that the reference lacks."""
        now = Counter(word for words in self.saying for word in words)
        ratios = {
            word: (n / NEWEST) / ((self.said[word] + 0.5) / REFERENCE)
            for word, n in now.items()
            if n >= SAID_BY
        }
        order = sorted(ratios, key=lambda word: (-ratios[word], word))
        return tuple(word for word in order if ratios[word] > 2)[:TOLD]

    def renew(self) -> None:
        """What is new is what is usual from now on, so that a change is told once."""
        newest = self.vectors[REFERENCE:].copy()
        said = Counter(word for words in self.saying for word in words)
        self.vectors[:NEWEST] = newest
        self.said, self.heard = said, NEWEST
        self.saying.clear()
        self._version = -1

    def kept(self) -> dict[str, Any]:
        """What a state keeps beside the vectors."""
        return {"heard": self.heard, "said": dict(self.said), "saying": list(self.saying)}

    @classmethod
    def restored(cls, vectors: np.ndarray[Any, Any], kept: dict[str, Any]) -> "Hearing":
        """From a state."""
        self = cls(vectors.shape[1])
        self.vectors[:] = vectors
        self.heard = int(kept["heard"])
        self.said = Counter({str(word): int(n) for word, n in kept["said"].items()})
        self.saying.extend([str(word) for word in words] for words in kept["saying"])
        return self

    def _surprise(self, telling: Floats, version: int) -> float:
        """Minus the logarithm of the chance of such a distance without a change."""
        reference = self.vectors[:REFERENCE].astype(np.float32)
        if version != self._version:
            self._scatter, self._version = _scatter(reference @ telling.T), version
        newest = self.vectors[REFERENCE:].astype(np.float32)
        moved = telling @ (newest.mean(axis=0) - reference.mean(axis=0))
        trace, square = self._scatter
        size = 1 / REFERENCE + 1 / NEWEST
        mean, variance = trace * size, 2 * square * size * size
        scale = variance / mean
        tail = float(gammaincc(mean / scale, float(moved @ moved) / scale))
        return -math.log(max(tail, 1e-300))


def _scatter(posts: Floats) -> tuple[float, float]:
    """Traces of the covariance of posts and of its square, the second without its own noise."""
    centred: Doubles = (posts - posts.mean(axis=0)).astype(np.float64)
    products = centred @ centred.T
    n = len(posts)
    trace = float(np.trace(products)) / (n - 1)
    np.fill_diagonal(products, 0)
    square = float((products**2).sum()) * n / (n - 1) ** 3
    return max(trace, 1e-12), max(square, 1e-18)
