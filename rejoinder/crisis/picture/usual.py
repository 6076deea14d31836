"""What is usual for each bin, from the same hours of earlier weeks. Pure.

The mean of those weeks, and a band that holds 19 of 20 such bins if counts scatter as these did:
a negative binomial whose dispersion is estimated over all bins together (method of moments).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom

WEEKS_AT_LEAST = 2  # before the mean says anything
LOW, HIGH = 0.025, 0.975
_LEAST = 0.05  # mentions in a bin; with a mean of none there is no band

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Usual:
    """By bin: the mean, and the ends of the band."""

    mean: Floats
    low: Floats
    high: Floats


def usual(weeks: Ints) -> Usual | None:
    """Of counts by (week, bin); None for too few weeks."""
    if len(weeks) < WEEKS_AT_LEAST:
        return None
    mean = np.maximum(_smooth(weeks.mean(axis=0)), _LEAST)
    size = 1 / _dispersion(weeks, mean)
    # In SciPy's terms: so many failures before `size` successes of probability `chance`.
    chance = size / (size + mean)
    return Usual(mean, nbinom.ppf(LOW, size, chance), nbinom.ppf(HIGH, size, chance))


def _smooth(mean: Floats) -> Floats:
    """Each bin with half of its neighbours: neighbouring hours are alike, few weeks are not."""
    padded = np.pad(mean, 1, mode="edge")
    return (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4


def _dispersion(weeks: Ints, mean: Floats) -> float:
    """Of variance = mean + dispersion x mean²; never none at all, so that the band exists."""
    many = len(weeks)
    variance = ((weeks - mean) ** 2).sum() * many / (many - 1)
    over = (variance - many * mean.sum()) / (many * (mean**2).sum())
    return float(max(over, 1e-3))
