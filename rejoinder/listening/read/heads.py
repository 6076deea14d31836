"""The learned part: linear heads over words, cues and meaning, made by `python -m training`."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from rejoinder.listening.read import tokens
from rejoinder.listening.read.words import INTENTS, NEEDS, SAFETY, SENTIMENTS

Floats = NDArray[np.float32]
Chances = dict[str, Floats]  # by head: posts × classes

# Every head and its classes; a head without classes says yes or no. Their columns in this order.
HEADS: dict[str, tuple[str, ...]] = {
    "need": NEEDS,
    "urgent": (),
    "intent": INTENTS,
    "sentiment": SENTIMENTS,
    "safety": ("none", *SAFETY),
    "abuse": (),
    "strong": (),
    "sarcasm": (),
    "relative": (),  # whether a post about a relative is urgent; learned from such posts alone
}
FILE = "heads.npz"

_BITS = 18  # of a number, by which the table of known words is addressed: 1 MB of it


class Vocabulary:
    """The words and pairs of words that were learned, as rows."""

    def __init__(self, numbers: tokens.Numbers) -> None:
        self._numbers = numbers
        self._rows = np.full(1 << _BITS, -1, np.int32)
        self._rows[_bucket(numbers)] = np.arange(len(numbers), dtype=np.int32)

    def counted(self, texts: Sequence[bytes]) -> csr_matrix:
        """Folded texts × words: 1 / √(known words) for each that a text has, as often as it has."""
        return self.of(*tokens.words(texts), len(texts))

    def of(self, posts: tokens.Posts, numbers: tokens.Numbers, many: int) -> csr_matrix:
        """The same from the words of that many texts."""
        beside, joined = tokens.pairs(posts, numbers)
        post = np.concatenate([posts, beside])
        number = np.concatenate([numbers, joined])
        row = self._rows[_bucket(number)]
        known = (row >= 0) & (self._numbers[row] == number)
        order = np.argsort(post[known], kind="stable")
        post, row = post[known][order], row[known][order]
        counts = np.bincount(post, minlength=many)
        values = (1 / np.sqrt(np.maximum(counts, 1), dtype=np.float32))[post]
        ends = np.concatenate([[0], np.cumsum(counts)])
        return csr_matrix((values, row, ends), shape=(many, len(self._numbers)))


class Heads:
    """One tier's weights: for words, for cues, and for the careful one also for meaning."""

    def __init__(self, arrays: dict[str, Any], tier: str) -> None:
        self._words = arrays[f"{tier}_words"].astype(np.float32)
        self._rest = arrays[f"{tier}_rest"].astype(np.float32)
        self._bias = arrays[f"{tier}_bias"].astype(np.float32)

    def chances(self, counted: csr_matrix, rest: Floats, of: tokens.Posts | None = None) -> Chances:
        """For each head how likely each class is, posts × classes; of yes or no, posts × 1.

        `rest` are rows of all posts, or of those in `of`; the others have nothing but words.
        Whether a post is urgent is for the head that asks nothing else; which other need it has,
        for the head of need.
        """
        scores = counted @ self._words + self._bias
        some = slice(None) if of is None else of
        # Not a matrix product: its sums would depend on how many posts are read together.
        scores[some] += np.einsum("ij,jk->ik", rest, self._rest)
        found = {name: _likely(scores[:, columns]) for name, columns in spans().items()}
        found["need"] = _with_urgent(found["need"], found["urgent"])
        return found

    def weights(self, counted: csr_matrix, column: int) -> Floats:
        """What the words of each text add to the score of one class."""
        return np.asarray(counted @ self._words[:, column])


@cache
def spans() -> dict[str, slice]:
    """The columns of each head."""
    found, at = {}, 0
    for name, classes in HEADS.items():
        found[name] = slice(at, at + max(len(classes), 1))
        at = found[name].stop
    return found


@cache
def loaded() -> tuple[Vocabulary, Heads, Heads]:
    """The vocabulary, the fast heads and the careful ones, from the file beside this one."""
    with (resources.files(__package__) / FILE).open("rb") as file, np.load(file) as arrays:
        held = dict(arrays)
    return Vocabulary(held["numbers"]), Heads(held, "fast"), Heads(held, "careful")


def _bucket(numbers: tokens.Numbers) -> tokens.Numbers:
    return numbers >> np.uint64(64 - _BITS)


def _with_urgent(needs: Floats, urgent: Floats) -> Floats:
    calm = needs[:, 1:] / needs[:, 1:].sum(axis=1, keepdims=True)
    return np.hstack([urgent, (1 - urgent) * calm])


def _likely(scores: Floats) -> Floats:
    if scores.shape[1] == 1:
        return np.asarray(1 / (1 + np.exp(-scores)))
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
