"""Fits the heads of the shipped model, each with the temperature that makes it calibrated."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from rejoinder.listening.embed import embed
from rejoinder.listening.read import tokens
from rejoinder.listening.read.folded import folded
from rejoinder.listening.read.heads import HEADS, Vocabulary
from rejoinder.listening.read.scan import scan
from rejoinder.listening.read.tiers import seen
from training.posts import Post

Floats = NDArray[np.float64]

FOLDS = 5
STRENGTH = {"fast": 30.0, "careful": 10.0}  # of the data against the penalty; by inner folds
SEEN_IN = 2  # posts, for a word to be learned


class Features:
    """What the heads see of some posts, for either tier."""

    def __init__(self, texts: Sequence[str]) -> None:
        kept = folded(texts)
        self.numbers = known(kept)
        self.words = Vocabulary(self.numbers).counted(kept)
        self.rest = csr_matrix(np.hstack([seen(scan(kept)), embed(texts)]))

    def of(self, tier: str) -> csr_matrix:
        """Posts × features."""
        return self.words if tier == "fast" else hstack([self.words, self.rest]).tocsr()


def known(texts: Sequence[bytes]) -> tokens.Numbers:
    """The words and pairs that several posts have; of two at one place of the table the first."""
    posts, numbers = tokens.words(texts)
    beside, joined = tokens.pairs(posts, numbers)
    number, post = np.concatenate([numbers, joined]), np.concatenate([posts, beside])
    both = np.stack([number, post.astype(np.uint64)], axis=1)
    found, often = np.unique(np.unique(both, axis=0)[:, 0], return_counts=True)
    return found[often >= SEEN_IN]


def labels(posts: Sequence[Post], head: str) -> NDArray[np.intp]:
    """The class of each post in a head; of yes or no 1 or 0."""
    classes = HEADS[head]
    said = [getattr(post, head) for post in posts]
    return np.array([classes.index(str(one or "none")) if classes else int(one) for one in said])


def fitted(features: csr_matrix, label: NDArray[np.intp], strength: float, many: int) -> Floats:
    """Weights and, as the last row, biases: (features + 1) × classes, at their temperature."""
    weights = _weights(features, label, strength, many)
    held = np.zeros((len(label), many))
    for learn, test in folds(features, label):
        held[test] = scores(features[test], _weights(features[learn], label[learn], strength, many))
    return weights / temperature(held, label)


def folds(features: csr_matrix, label: NDArray[np.intp]) -> Iterator[tuple[Any, Any]]:
    """Indices to learn from and to test on; the same for the same posts."""
    split = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    yield from split.split(features, label)


def _weights(features: csr_matrix, label: NDArray[np.intp], strength: float, many: int) -> Floats:
    model = LogisticRegression(C=strength, max_iter=5_000).fit(features, label)
    found = np.vstack([model.coef_.T, model.intercept_])
    if many == 1:
        return found
    whole = np.full((found.shape[0], many), 0.0)
    whole[-1] = -20.0  # a class that no post has
    whole[:, model.classes_] = found
    return whole


def scores(features: csr_matrix, weights: Floats) -> Floats:
    """Posts × classes."""
    return np.asarray(features @ weights[:-1] + weights[-1])


def chances(score: Floats) -> Floats:
    """Scores as chances; a single column says yes or no."""
    both = np.hstack([np.zeros_like(score), score]) if score.shape[1] == 1 else score
    return np.asarray(softmax(both, 1))


def temperature(score: Floats, label: NDArray[np.intp]) -> float:
    """By what to divide scores so that held-back posts were most likely (Guo et al., 2017)."""
    both = np.hstack([np.zeros_like(score), score]) if score.shape[1] == 1 else score

    def surprise(log_of_it: float) -> float:
        logs = log_softmax(both / np.exp(log_of_it), axis=1)
        return -float(np.take_along_axis(logs, label[:, None], 1).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-3, 3), method="bounded").x))
