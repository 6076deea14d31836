"""How long people wait, with those counted who still wait: the Kaplan–Meier estimate.

An average of waits leaves out whoever was never answered, and so looks best on the worst day. Here
somebody who still waits says what is known of them: at least so long. Kaplan and Meier (1958),
J. Am. Stat. Assoc. 53, 457–481; the band is Greenwood's variance on the scale of log(−log S)
(Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, 1.4).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_SURE = 1.959964  # 19 of 20 on either side


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of people without an answer, from each moment of an answer to the next.

    `after` are seconds, ascending; `share`, `low` and `high` have the same length, each in 0…1.
    Nothing is known beyond `seen`, the longest wait there was.
    """

    people: int
    answered: int
    seen: float
    after: Floats
    share: Floats
    low: Floats
    high: Floats

    def without(self, seconds: float) -> float | None:
        """The share that had no answer after so many seconds; None when nobody was seen so long."""
        at = int(np.searchsorted(self.after, seconds, side="right"))
        left = float(self.share[at - 1]) if at else 1.0
        return None if seconds > self.seen and left > 0 else left

    def until(self, share: float) -> float | None:
        """Seconds until so large a share was answered; None if that was not seen to happen."""
        return _first(self.after, self.share, 1 - share)

    def between(self, share: float) -> tuple[float | None, float | None]:
        """The interval of `until`, by Brookmeyer and Crowley (1982), Biometrics 38, 29–41."""
        return _first(self.after, self.low, 1 - share), _first(self.after, self.high, 1 - share)


def curve(seconds: npt.ArrayLike, answered: npt.ArrayLike) -> Curve:
    """From each person's wait, and whether an answer ended it (else it was only seen so far).

    Raises ValueError for a negative wait or lists of two lengths.
    """
    waits, ended = np.asarray(seconds, dtype=float), np.asarray(answered, dtype=bool)
    if waits.shape != ended.shape or (waits < 0).any():
        raise ValueError("each wait needs its ending, and none is negative")
    after, answers = np.unique(waits[ended], return_counts=True)
    # Who is last seen at the very moment of an answer was still waiting then.
    waiting = len(waits) - np.searchsorted(np.sort(waits), after, side="left")
    share: Floats = np.cumprod(1 - answers / waiting, dtype=np.float64)
    low, high = _band(share, answers, waiting)
    seen = float(waits.max(initial=0.0))
    return Curve(len(waits), int(ended.sum()), seen, after, share, low, high)


def _band(
    share: Floats, answers: npt.NDArray[np.int64], waiting: npt.NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Where nobody is left the estimate has no spread: its band stays that of the step before."""
    low, high = np.zeros_like(share), np.ones_like(share)
    inner = share > 0
    if inner.any():
        some, left, gone = share[inner], waiting[inner], answers[inner]
        spread = np.sqrt(np.cumsum(gone / (left * (left - gone)))) / np.abs(np.log(some))
        low[inner], high[inner] = (some ** np.exp(side * _SURE * spread) for side in (1, -1))
        high[~inner] = high[inner][-1]
    return low, high


def _first(after: Floats, share: Floats, level: float) -> float | None:
    # A product of fractions misses a round level by its last bit.
    reached = np.flatnonzero(share <= level + 1e-12)
    return float(after[reached[0]]) if len(reached) else None
