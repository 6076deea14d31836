"""Precedents: what an advisor corrected holds for posts that say nearly the same.

A trained model needs many labels; a precedent works from the first. Nothing but a nearly equal
text takes a post out of urgent.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CLOSE = 0.88  # cosine from which a precedent holds
NEARLY_EQUAL = 0.97  # and from which it may say that something is not urgent
KEPT = 2000  # the newest precedents; older ones have been trained on

Vectors = NDArray[np.float32]


class Precedent(NamedTuple):
    """A corrected mention: its vector (d,), and what was said, by field."""

    vector: Vectors
    said: Mapping[str, str]


class Found(NamedTuple):
    """The precedent that is nearest to a post: what it says, and how near (cosine)."""

    said: Mapping[str, str]
    near: float


class Precedents:
    """Those kept, as one matrix."""

    def __init__(self, kept: Sequence[Precedent] = ()) -> None:
        self._said = [one.said for one in kept[-KEPT:]]
        self._matrix = np.array([one.vector for one in kept[-KEPT:]], np.float32)

    def find(self, vectors: Vectors) -> list[Found | None]:
        """The nearest precedent of each row (n, d) of unit vectors, or None when none is close."""
        if not self._said or not len(vectors):
            return [None] * len(vectors)
        cosines = vectors @ self._matrix.T
        # Of equally near ones the newest: an advisor may have thought again.
        nearest = cosines.shape[1] - 1 - cosines[:, ::-1].argmax(axis=1)
        return [
            Found(self._said[column], float(cosines[row, column]))
            if cosines[row, column] >= CLOSE
            else None
            for row, column in enumerate(nearest)
        ]


def need(read: str, found: Found) -> str:
    """The need by the precedent, unless that would take a post out of urgent too lightly."""
    said = found.said.get("need", read)
    return read if read == "urgent" and found.near < NEARLY_EQUAL else said
