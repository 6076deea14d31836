"""Ridge regression over what a post means, in random Fourier features of its vector.

Rahimi and Recht, 2007, "Random Features for Large-Scale Kernel Machines". A post unlike all that
were learned has a low score for every label, which a linear machine does not give.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

FEATURES = 2048
SHARPNESS = 1.0  # gamma of the kernel exp(-gamma |a - b|²), of unit vectors
STRENGTHS = (0.1, 1.0, 8.0, 32.0)  # of the ridge; the best is found on folds


@dataclass(frozen=True)
class Meaning:
    """The weight of each feature for each label."""

    weights: NDArray[np.float16]

    def scores(self, x: Floats) -> Floats:
        """From features: near one for the label of a post like those learned, else near zero."""
        found: Floats = x @ self.weights.astype(np.float32)
        return found


@dataclass(frozen=True)
class Sums:
    """What a ridge needs of some posts; the sums of two parts add, and subtract."""

    gram: Floats
    moments: Floats

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.gram + other.gram, self.moments + other.moments)

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(self.gram - other.gram, self.moments - other.moments)


def features(vectors: Floats) -> Floats:
    """Random Fourier features, the vector itself, and one, (n, FEATURES + d + 1)."""
    directions, phases = _directions(vectors.shape[1])
    waves = np.cos(vectors @ directions + phases) * np.float32(np.sqrt(2 / FEATURES))
    one = np.ones((len(vectors), 1), np.float32)
    return np.concatenate([waves, vectors, one], axis=1)


def sums(x: Floats, labels: Indices, each: Floats) -> Sums:
    """The sums of posts with these features, each post weighted as its label is."""
    weighted: Floats = x * each[labels][:, None]
    borne: Floats = np.eye(len(each), dtype=np.float32)[labels]
    gram: Floats = weighted.T @ x
    moments: Floats = weighted.T @ borne
    return Sums(gram, moments)


def solve(given: Sums, strength: float) -> Meaning:
    """The ridge of least squares."""
    ridge = given.gram + strength * np.eye(len(given.gram), dtype=np.float32)
    return Meaning(cho_solve(cho_factor(ridge), given.moments).astype(np.float16))


@cache
def _directions(width: int) -> tuple[Floats, Floats]:
    """Drawn once and for ever: a model that was stored relies on them."""
    chance = np.random.Generator(np.random.PCG64(20_250_101))
    directions = chance.normal(size=(width, FEATURES)) * np.sqrt(2 * SHARPNESS)
    return directions.astype(np.float32), chance.uniform(0, 2 * np.pi, FEATURES).astype(np.float32)
