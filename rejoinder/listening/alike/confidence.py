"""How likely a suggestion is right: logistic regression on its evidence, learned from labels."""

import numpy as np

from rejoinder.listening.alike.arrays import Doubles, Flags, Floats

# Learned once on streams of HWU64 (Liu et al., 2019, CC BY 4.0), which no benchmark of ours
# reports; where labels are few they decide, later the labels of the desk do.
MIDDLE = np.array(
    [1.585, 3.949, 2.639, 0.623, 0.135, 0.595, 0.141, 2.396, 6.366, 4.509, -0.299, -4.477]
)
SCALE = np.array(
    [2.958, 3.289, 3.401, 0.178, 0.161, 0.157, 0.139, 0.896, 0.959, 10.664, 1.192, 14.715]
)
FIRST = np.array(
    [0.615, 1.057, 0.207, -0.623, 0.159, 0.601, 0.358, 0.024, 0.033, 0.060, 0.453, -0.379, 2.380]
)
DRAWN = 3.0  # how strongly weights are held to the first ones
STEPS = 8  # Newton's method has settled before
HALVINGS, SETTLED = 6, 1e-3


class Confidence:
    """Weights of the evidence; `of` gives a share of 0 to 1 that means what it says."""

    def __init__(self) -> None:
        self.weights: Doubles = FIRST.copy()

    def of(self, features: Floats) -> Doubles:
        """(n,): the probability that each suggestion is right."""
        return _share(_scaled(features) @ self.weights)

    def learn(self, features: Floats, right: Flags, weights: Doubles) -> None:
        """Maximum a posteriori around the first weights, over judged suggestions."""
        x, y = _scaled(features), right.astype(np.float64)
        found = self.weights
        for _ in range(STEPS):
            before, found = found, _step(found, x, y, weights)
            if np.abs(found - before).max() < SETTLED:
                break
        if np.isfinite(found).all():
            self.weights = found


def _step(found: Doubles, x: Doubles, y: Doubles, weights: Doubles) -> Doubles:
    """One step of Newton's method, halved until it leads down."""
    said = _share(x @ found)
    slope = x.T @ (weights * (y - said)) - DRAWN * (found - FIRST)
    bend = (x.T * (weights * said * (1 - said))) @ x + DRAWN * np.eye(len(found))
    step = np.linalg.solve(bend, slope)
    before = _loss(found, x, y, weights)
    for _ in range(HALVINGS):
        if _loss(found + step, x, y, weights) <= before:
            return found + step
        step = step / 2
    return found


def _loss(found: Doubles, x: Doubles, y: Doubles, weights: Doubles) -> float:
    """Minus the logarithm of the posterior."""
    logits = x @ found
    misses = np.logaddexp(0, logits) - y * logits
    return float(weights @ misses + DRAWN / 2 * ((found - FIRST) ** 2).sum())


def _scaled(features: Floats) -> Doubles:
    """(n, 13): comparable, within five deviations, and a constant at the end."""
    x = np.clip((features - MIDDLE) / SCALE, -5, 5)
    return np.column_stack([x, np.ones(len(x))])


def _share(logits: Doubles) -> Doubles:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
