"""How likely a suggestion is right: logistic regression on its evidence, learned from labels."""

import numpy as np

from rejoinder.listening.alike.arrays import Doubles, Flags, Floats

# Learned once on streams of HWU64 (Liu et al., 2019, CC BY 4.0), which no benchmark of ours
# reports; where labels are few they decide, later the labels of the desk do.
MIDDLE = np.array(
    [1.504, 4.901, 2.371, 0.624, 0.137, 0.593, 0.138, 2.364, 6.386, 4.185, -0.295, -4.496]
)
SCALE = np.array(
    [3.718, 4.174, 4.164, 0.180, 0.165, 0.160, 0.144, 0.910, 0.955, 10.662, 1.183, 14.797]
)
FIRST = np.array(
    [0.515, 0.936, 0.021, -0.637, 0.097, 0.730, 0.559, 0.168, -0.020, 0.278, 0.390, -0.251, 2.377]
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
