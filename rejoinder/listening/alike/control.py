"""How sure is sure enough: the precision that was asked for, held by what advisors judged.

Advisors judge more of the undecided posts than of the suggested ones, so each judged post counts
for as many as it stands for (inverse propensity weights; n below is their effective number, Kish
1965). Of all cuts in the confidence the loosest is taken whose share of wrong suggestions is at
most the allowed one at the upper end of Wilson's interval, half a standard error up: risk control
by an upper bound on held-out labels (Angelopoulos et al., Learn then Test, 2021). With half an
error that is seven streams in ten, not all of them; as far as what comes is like what was judged;
and up to the choice among many cuts, for which no further price is paid.
"""

from typing import NamedTuple

import numpy as np

from rejoinder.listening.alike.arrays import Doubles, Flags

TARGET = 0.95
SURENESS = 0.5  # standard errors between what was measured and what is promised
AT_LEAST = 40  # judged posts over a cut
LEAST = 0.6  # no suggestion is made below, however well the others did
NONE = 0.995  # no cut is good enough
UNTRIED = 0.95  # the cut before enough was judged
BETWEEN = 1.96


class Share(NamedTuple):
    """A share with its 95 % interval, and the number of posts behind it."""

    value: float
    low: float
    high: float
    posts: int


def cut(confidence: Doubles, right: Flags, weights: Doubles, target: float = TARGET) -> float:
    """The confidence from which on a suggestion is made."""
    order = np.argsort(-confidence, kind="stable")
    w = weights[order]
    mass = np.cumsum(w)
    wrong = np.cumsum(w * ~right[order]) / np.maximum(mass, 1e-12)
    size = mass**2 / np.maximum(np.cumsum(w * w), 1e-12)
    enough = size >= AT_LEAST
    if not enough.any():
        return max(UNTRIED, target)
    good = np.flatnonzero(enough & (upper(wrong, size, SURENESS) <= 1 - target))
    return max(float(confidence[order[good[-1]]]), LEAST) if len(good) else NONE


def upper(share: Doubles, size: Doubles, z: float) -> Doubles:
    """The upper end of Wilson's score interval."""
    middle = share + z * z / (2 * size)
    half = z * np.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return np.asarray((middle + half) / (1 + z * z / size))


def share(right: int, posts: int) -> Share:
    """A share as it is shown to people, with Wilson's interval; of nothing, nothing is known."""
    if posts == 0:
        return Share(0.0, 0.0, 1.0, 0)
    value, size = np.array([right / posts]), np.array([float(posts)])
    high = float(upper(value, size, BETWEEN)[0])
    low = 1 - float(upper(1 - value, size, BETWEEN)[0])
    return Share(right / posts, max(low, 0.0), min(high, 1.0), posts)


def weights(suggested: Flags, judged: Flags) -> Doubles:
    """How many posts each judged one stands for, among those suggested and those undecided.

    Weights are scaled to a mean of one.
    """
    out = np.zeros(int(judged.sum()))
    for group in (suggested, ~suggested):
        of = int((group & judged).sum())
        out[group[judged]] = group.sum() / of if of else 0.0
    return out / max(out.mean(), 1e-12) if len(out) else out
