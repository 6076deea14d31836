"""Fits the heads of the shipped model, each with the temperature that makes it calibrated."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.read import tokens
from rejoinder.listening.read.alarming import alarming
from rejoinder.listening.read.folded import folded
from rejoinder.listening.read.heads import HEADS, Vocabulary
from rejoinder.listening.read.scan import scan
from rejoinder.listening.read.tiers import seen
from training.posts import Post

Floats = NDArray[np.float64]
Parts = Sequence[tuple[int, ...]]

FOLDS = 4
STRENGTH = {"fast": 3.0, "careful": 1.5}  # of the data against the penalty
SEEN_IN = 2  # posts, for a word to be learned
PAIRED = 2.0  # for how many posts one of a pair counts

# Words that say nothing of what a post is about; learned, they would only tell long from short.
_EMPTY = (Path(__file__).parent / "empty.txt").read_text(encoding="utf-8").split()


class Features:
    """What the heads see of some texts, for either tier."""

    def __init__(self, texts: Sequence[str], written: int) -> None:
        """Words are those of the first `written` texts; the others are made of these."""
        kept = folded(texts)
        self.numbers = known(kept[:written])
        self.words = Vocabulary(self.numbers).counted(kept)
        at_a_glance, found = scan(kept, alarming(*tokens.words(kept))), scan(kept)
        self.cues = csr_matrix(seen(at_a_glance))
        self.rest = csr_matrix(np.hstack([seen(found), embed(texts)]))
        self.kin = found["kin"]

    def of(self, tier: str) -> csr_matrix:
        """Texts × features."""
        return hstack([self.words, self.cues if tier == "fast" else self.rest]).tocsr()


def known(texts: Sequence[bytes]) -> tokens.Numbers:
    """The telling words, and the pairs with one of them, that several texts have."""
    posts, numbers = tokens.words(texts)
    telling = ~np.isin(numbers, tokens.words([word.encode() for word in _EMPTY])[1])
    beside, joined = tokens.pairs(posts, numbers)
    either = (telling[1:] | telling[:-1])[posts[1:] == posts[:-1]]
    number = np.concatenate([numbers[telling], joined[either]])
    post = np.concatenate([posts[telling], beside[either]])
    both = np.unique(np.stack([number, post.astype(np.uint64)], axis=1), axis=0)
    found, often = np.unique(both[:, 0], return_counts=True)
    return found[often >= SEEN_IN]


def labels(posts: Sequence[Post], head: str) -> NDArray[np.intp]:
    """The class of each post in a head; of yes or no 1 or 0."""
    classes = HEADS[head]
    said = [getattr(post, head) for post in posts]
    return np.array([classes.index(str(one or "none")) if classes else int(one) for one in said])


class Rows(NamedTuple):
    """What a head learns from: rows of the features, of which rows each row of all is made (itself
    if it was written), and for how many posts each of `at` counts."""

    at: NDArray[np.intp]
    parts: Parts
    counts: Floats | None = None


def fitted(
    features: csr_matrix, label: NDArray[np.intp], strength: float, many: int, rows: Rows
) -> Floats:
    """Weights and, as the last row, biases: (features + 1) × classes, at their temperature.

    A post is never tested on weights that saw it as a part of another.
    """
    weights = _weights(features, label, strength, many, rows)
    written = np.array([row for row in rows.at if len(rows.parts[row]) == 1])
    held = np.zeros((len(written), many))
    for test in folds(label[written]):
        tested = set(written[test].tolist())
        apart = np.array([tested.isdisjoint(rows.parts[row]) for row in rows.at])
        rest = rows._replace(
            at=rows.at[apart], counts=None if rows.counts is None else rows.counts[apart]
        )
        fold = _weights(features, label, strength, many, rest)
        held[test] = scores(features[written[test]], fold)
    return weights / temperature(held, label[written])


def folds(label: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """What to test on, one part after the other; the same for the same labels."""
    split = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    yield from (test for _, test in split.split(label, label))


def _weights(
    features: csr_matrix, label: NDArray[np.intp], strength: float, many: int, rows: Rows
) -> Floats:
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-3)
    model.fit(features[rows.at], label[rows.at], rows.counts)
    found = np.vstack([model.coef_.T, model.intercept_])
    if many == 1:
        return found
    whole = np.zeros((found.shape[0], many))
    whole[-1] = -20.0  # a class that no post has
    whole[:, model.classes_] = found
    return whole


def scores(features: csr_matrix, weights: Floats) -> Floats:
    """Posts × classes."""
    return np.asarray(features @ weights[:-1] + weights[-1])


def temperature(score: Floats, label: NDArray[np.intp]) -> float:
    """By what to divide scores so that held-back posts were most likely (Guo et al., 2017)."""
    both = np.hstack([np.zeros_like(score), score]) if score.shape[1] == 1 else score

    def surprise(log_of_it: float) -> float:
        logs = log_softmax(both / np.exp(log_of_it), axis=1)
        return -float(np.take_along_axis(logs, label[:, None], 1).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-3, 3), method="bounded").x))
