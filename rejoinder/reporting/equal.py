"""Whether people in the same need wait as long whichever channel they chose, and however many
follow them. Pure.

Compared is the mean wait within a day, with those counted who still wait (the restricted mean: the
area under the Kaplan–Meier curve, its variance after Greenwood; Klein and Moeschberger 2003,
Survival Analysis, 4.5). Each channel stands beside all others together, need by need, weighted by
how many people of that need there are (direct standardisation), so that a channel on which more
urgent people write looks no better for it. With k channels each interval is that of 1 − 0.05/k
(Bonferroni): all of them hold together in 19 of 20 cases. The fifths of people by their followers
are compared in the same way; who is in which is found on each channel by itself, so that a channel
where everybody has many is not taken for people who have.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from rejoinder.reporting.few import FEW
from rejoinder.reporting.wait import Wait

DAY = 86_400.0
_WRONG = 0.05


@dataclass(frozen=True, slots=True)
class Compared:
    """One group (a channel, a fifth) beside the others, in seconds. `people` are those of it who
    were compared; `longer` is how much longer they waited (negative: less), between `low` and
    `high`.
    """

    group: str
    people: int
    waited: float
    others: float
    longer: float
    low: float
    high: float

    @property
    def differs(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class _Mean:
    people: int
    seconds: float
    variance: float


def compare(waits: Sequence[Wait], horizon: float = DAY) -> list[Compared]:
    """Each channel of which enough people can be compared, by name."""
    return _compare(waits, [wait.channel for wait in waits], horizon)


def compare_fifths(waits: Sequence[Wait], horizon: float = DAY) -> list[Compared]:
    """Each fifth, "1" (the fewest followers) to "5", of those of whom it is known."""
    known = [wait for wait in waits if wait.followed is not None]
    return _compare(known, fifths(known), horizon)


def fifths(waits: Sequence[Wait]) -> list[str]:
    """The fifth of each on its channel; who has as many as somebody else is in the same."""
    values = np.array([wait.followed for wait in waits], np.int64)
    channels = np.array([wait.channel for wait in waits], object)
    found = np.zeros(len(waits), np.int64)
    for channel in set(channels.tolist()):
        here = channels == channel
        edges = np.quantile(values[here], (0.2, 0.4, 0.6, 0.8), method="inverted_cdf")
        found[here] = np.searchsorted(edges, values[here], side="left")
    return [str(1 + each) for each in found.tolist()]


def _compare(waits: Sequence[Wait], of: Sequence[str], horizon: float) -> list[Compared]:
    groups: dict[str, dict[int, list[Wait]]] = defaultdict(lambda: defaultdict(list))
    for wait, group in zip(waits, of, strict=True):
        groups[group][wait.need].append(wait)
    paired = {group: _pairs(group, groups, horizon) for group in sorted(groups)}
    known = {group: pairs for group, pairs in paired.items() if pairs}
    sure = NormalDist().inv_cdf(1 - _WRONG / 2 / max(1, len(known)))
    return [_compared(group, pairs, sure) for group, pairs in known.items()]


def _pairs(
    own: str, groups: dict[str, dict[int, list[Wait]]], horizon: float
) -> list[tuple[_Mean, _Mean]]:
    """Of each need with enough people on both sides: the group's own, and that of the others."""
    found = []
    for need, mine in sorted(groups[own].items()):
        others = [wait for name, of in groups.items() if name != own for wait in of.get(need, ())]
        if min(len(mine), len(others)) >= FEW:
            until = min(horizon, _known(mine), _known(others))
            found.append((_mean(mine, until), _mean(others, until)))
    return found


def _compared(group: str, pairs: Sequence[tuple[_Mean, _Mean]], sure: float) -> Compared:
    many = [mine.people + others.people for mine, others in pairs]
    weights = [each / sum(many) for each in many]
    sides = list(zip(weights, pairs, strict=True))
    waited = sum(weight * mine.seconds for weight, (mine, _) in sides)
    others = sum(weight * other.seconds for weight, (_, other) in sides)
    spread = sum(weight**2 * (mine.variance + other.variance) for weight, (mine, other) in sides)
    reach = sure * float(np.sqrt(spread))
    longer = waited - others
    people = sum(mine.people for mine, _ in pairs)
    return Compared(group, people, waited, others, longer, longer - reach, longer + reach)


def _known(waits: Sequence[Wait]) -> float:
    """How far the curve is known: to the longest wait, or without end if an answer ended that."""
    last = max(waits, key=lambda wait: (wait.seconds, not wait.answered))
    return float("inf") if last.answered else last.seconds


def _mean(waits: Sequence[Wait], until: float) -> _Mean:
    """The mean wait within that time, and its variance."""
    seconds = np.array([wait.seconds for wait in waits])
    ended = np.array([wait.answered for wait in waits]) & (seconds < until)
    after, answers = np.unique(seconds[ended], return_counts=True)
    waiting = len(seconds) - np.searchsorted(np.sort(seconds), after, side="left")
    share = np.cumprod(1 - answers / waiting)
    lengths = np.diff(np.append(after, until))
    first = float(after[0]) if len(after) else until
    # What lies under the curve from each answer on.
    ahead = np.cumsum((share * lengths)[::-1])[::-1]
    left = waiting - answers
    some = left > 0
    terms = ahead[some] ** 2 * answers[some] / (waiting[some] * left[some])
    return _Mean(len(seconds), first + float(ahead[0] if len(ahead) else 0), float(terms.sum()))
