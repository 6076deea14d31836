"""How often an ordinary month shows evidence as strong as this, on one stream. Pure.

The logarithm of a day's strongest evidence follows Gumbel's law of the largest of many (Gumbel
1958, "Statistics of Extremes"); a constant beside it keeps days without any evidence from ruling.
Mean and variance are learned, forget, and begin as simulated streams had them. While few days are
known the law is taken wider. A day counts at most as the strongest of CAPPED days, so that a crisis
does not look ordinary later.
"""

from math import log, pi, sqrt

from msgspec import Struct

DAY = 86_400
EULER = 0.5772156649
HELD = 12.0  # days that the first guess weighs as much as
REMEMBERED = 90.0  # days
WIDER = 2.0  # days' worth of doubt about the scale
CAPPED = 400.0
BESIDE = 10.0  # evidence
MOST = 27.0  # surprise: once in a million million days


class Tail(Struct):
    """Learns from the strongest evidence of each day; tells how rare an evidence is."""

    mean: float
    variance: float
    days: float = HELD
    day: int = -1
    peak: float = 0.0

    def surprise(self, evidence: float) -> float:
        """The logarithm of how many ordinary days pass between two with evidence as strong."""
        scale, place = self._law()
        return min(max(0.0, (log(BESIDE + evidence) - place) / scale), MOST)

    def learn(self, at: float, evidence: float) -> None:
        """Note the evidence of a bin that began at `at`, in seconds."""
        day = int(at // DAY)
        if day != self.day:
            if self.day >= 0:
                self._learn_from(self.peak)
            self.day, self.peak = day, 0.0
        self.peak = max(self.peak, evidence)

    def _learn_from(self, peak: float) -> None:
        scale, place = self._law()
        highest = min(log(BESIDE + peak), place + scale * log(CAPPED))
        self.days = min(self.days + 1, REMEMBERED)
        off = highest - self.mean
        self.mean += off / self.days
        self.variance += (off * (highest - self.mean) - self.variance) / self.days

    def _law(self) -> tuple[float, float]:
        """Gumbel's scale and place."""
        scale = sqrt(6 * self.variance) / pi
        return scale * (1 + WIDER / self.days), self.mean - EULER * scale
