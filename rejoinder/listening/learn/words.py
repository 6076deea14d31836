"""A linear support vector machine over the words and letters of a post."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from rejoinder.listening.learn.ngrams import BUCKETS, Counts

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

SLACK, SLACK_OF_MANY = 0.3, 0.1  # C of the machine, and where labels have many posts each
MANY = 1_000  # posts of a label, in the mean
ROOM = 8_000_000  # weights that are kept: 16 MB


@dataclass(frozen=True)
class Words:
    """Which buckets count, how rare each is, and the weight of each for each label."""

    columns: NDArray[np.int32]
    rarity: Floats
    weights: NDArray[np.float16]  # (columns, labels)
    bias: Floats

    def scores(self, counts: tuple[Counts, Counts]) -> Floats:
        """How far each post lies on a label's side, (n, labels)."""
        found: Floats = _weighted(_side(counts), self.columns, self.rarity) @ self.weights.astype(
            np.float32
        )
        return found + self.bias


def learn(counts: tuple[Counts, Counts], labels: Indices, each: Floats) -> Words:
    """Learn from counts (n, BUCKETS), labels 0…K-1, and a weight of each label."""
    both = _side(counts)
    columns = _kept(both, len(each))
    seen = np.bincount(both.indices, minlength=both.shape[1])[columns]
    rarity = (np.log((1 + len(labels)) / (1 + seen)) + 1).astype(np.float32)
    weights, bias = _planes(_weighted(both, columns, rarity), labels, each)
    return Words(columns, rarity, weights.astype(np.float16), bias)


def _planes(x: Counts, labels: Indices, each: Floats) -> tuple[Floats, Floats]:
    """A plane for each label, (columns, K) and (K,); a label that no post bears is never near."""
    there = np.unique(labels)
    weights = np.zeros((x.shape[1], len(each)), np.float32)
    bias = np.full(len(each), -1, np.float32)
    if len(there) < 2:
        bias[there] = 1
        return weights, bias
    balance = {int(i): float(each[i]) for i in there}
    slack = SLACK_OF_MANY if len(labels) > MANY * len(there) else SLACK
    machine = LinearSVC(C=slack, class_weight=balance, random_state=0).fit(x, labels)
    sides = [-1, 1] if len(there) == 2 else [1] * len(there)  # one plane divides two labels
    weights[:, there] = machine.coef_.T * sides
    bias[there] = machine.intercept_ * sides
    return weights, bias


def _side(counts: tuple[Counts, Counts]) -> Counts:
    return sp.hstack(counts, format="csr")


def _kept(both: Counts, labels: int) -> NDArray[np.int32]:
    """The buckets that two posts share at least, the commonest where there are too many."""
    seen = np.bincount(both.indices, minlength=both.shape[1])
    least = 2 if (seen > 1).any() else 1
    ranked = np.argsort(-seen, kind="stable")[: min(ROOM // labels, int((seen >= least).sum()))]
    return np.sort(ranked).astype(np.int32)


def _weighted(both: Counts, columns: NDArray[np.int32], rarity: Floats) -> Counts:
    """Sublinear tf-idf, each family of unit length for itself."""
    x = both[:, columns].astype(np.float32)
    x.data = (1 + np.log(x.data)) * rarity[x.indices]
    border = int(np.searchsorted(columns, BUCKETS))
    return sp.hstack([normalize(x[:, :border]), normalize(x[:, border:])], format="csr")
