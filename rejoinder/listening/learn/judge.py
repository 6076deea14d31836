"""From the scores of two learners to one label and a confidence that means what it says.

A multinomial regression over both learners' scores, fitted on posts that neither had seen
(stacking; Wolpert, 1992), gives probabilities. The label is the one of highest probability times
its rarity to a power: what macro-F1 asks for, one number, chosen on the same posts. The
confidence is the chance that this label is right, by a regression over the probability and over
how well the post is known at all, so that it is low for a post unlike anything learned.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

from rejoinder.listening.learn.measure import confusion, macro_f1

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.intp]

LEANINGS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # powers of rarity that are tried
BINDING = 0.01  # keeps the weights of the regression small


@dataclass(frozen=True)
class Judge:
    """The weights: of the learners, of the labels, of rarity, and of what confidence rests on."""

    learners: Doubles  # (2,)
    labels: Doubles  # (K,)
    lean: Doubles  # (K,) added to log-probabilities before the label is chosen
    sure: Doubles  # (4,)

    def decide(self, scores: list[Floats]) -> tuple[Indices, Doubles]:
        """For each post its label and a confidence between 0 and 1."""
        chances = _chances(scores, self.learners, self.labels)
        chosen = np.argmax(np.log(chances) + self.lean, axis=1)
        return chosen, expit(_grounds(scores, chances, chosen) @ self.sure)


def learn(scores: list[Floats], labels: Indices, size: int) -> Judge:
    """Fit on the scores of posts that the learners had not seen."""
    start = np.concatenate([[2.0, 4.0], np.zeros(size)])
    given = [score.astype(np.float64) for score in scores]
    found = minimize(_loss, start, args=(given, labels, size), jac=True, method="L-BFGS-B").x
    learners, bias = found[:2], found[2:]
    chances = _chances(scores, learners, bias)
    lean = _lean(chances, labels, size)
    chosen = np.argmax(np.log(chances) + lean, axis=1)
    return Judge(learners, bias, lean, _sure(_grounds(scores, chances, chosen), chosen == labels))


def _chances(scores: list[Floats], learners: Doubles, labels: Doubles) -> Doubles:
    logits = sum(w * s.astype(np.float64) for w, s in zip(learners, scores, strict=True)) + labels
    chances: Doubles = np.maximum(softmax(logits, axis=1), 1e-12)
    return chances


def _loss(at: Doubles, scores: list[Doubles], labels: Indices, size: int) -> tuple[float, Doubles]:
    """Mean negative log-likelihood and its gradient."""
    n = len(labels)
    logits = at[0] * scores[0] + at[1] * scores[1] + at[2:]
    logs = log_softmax(logits, axis=1)
    error = np.exp(logs)
    error[np.arange(n), labels] -= 1
    slope = np.concatenate([[(error * s).sum() / n for s in scores], error.sum(axis=0) / n])
    loss = -logs[np.arange(n), labels].mean() + BINDING / n * (at[2:] ** 2).sum()
    slope[2:] += 2 * BINDING / n * at[2:]
    return float(loss), slope


def _lean(chances: Doubles, labels: Indices, size: int) -> Doubles:
    """What is added for a rare label: the power of its rarity that gives the best macro-F1."""
    share = np.bincount(labels, minlength=size) / len(labels)
    rarity = -np.log(np.maximum(share, 1e-9))
    rarity -= rarity.mean()

    def gained(power: float) -> float:
        read = np.argmax(np.log(chances) + power * rarity, axis=1)
        return macro_f1(confusion(labels, read, size))

    lean: Doubles = max(LEANINGS, key=gained) * rarity
    return lean


def _grounds(scores: list[Floats], chances: Doubles, chosen: Indices) -> Doubles:
    """What confidence rests on, (n, 4): probability, how known the post is to each learner, one."""
    own = np.take_along_axis(chances, chosen[:, None], axis=1)[:, 0]
    odds = np.log(own) - np.log1p(-np.minimum(own, 1 - 1e-9))
    known = [np.take_along_axis(s, chosen[:, None], axis=1)[:, 0] for s in scores]
    return np.stack([odds, *known, np.ones(len(chosen))], axis=1).astype(np.float64)


def _sure(grounds: Doubles, right: NDArray[np.bool_]) -> Doubles:
    """A logistic regression of being right."""

    def loss(at: Doubles) -> tuple[float, Doubles]:
        z = grounds @ at
        slope: Doubles = grounds.T @ (expit(z) - right) / len(right) + 1e-3 * at
        return float((np.logaddexp(0, z) - right * z).mean() + 5e-4 * (at**2).sum()), slope

    found: Doubles = minimize(loss, np.zeros(grounds.shape[1]), jac=True, method="L-BFGS-B").x
    return found
