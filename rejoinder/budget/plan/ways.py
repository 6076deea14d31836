"""Other ways to answer than in public by a program: privately, or by a person's hand. Pure."""

from dataclasses import dataclass

import numpy as np

from rejoinder.budget.plan.situation import Bools, Floats, Ints, Waiting
from rejoinder.listening.read.words import NEEDS

# Whose matter is their own: what many ask is answered where all can read it.
OWN = (NEEDS.index("urgent"), NEEDS.index("specific"))


@dataclass(frozen=True, slots=True)
class Ways:
    """What channels offer.

    Of everybody who waits: whether a reply may be `private`, and whether only a person may send it
    (`by_hand`). By account: how many replies may be reserved so now (inf: no limit), and whether it
    is `broke`: platforms would let more go, but nobody pays for them.
    """

    private: Bools
    by_hand: Bools
    private_left: Floats
    by_hand_left: Floats
    broke: Bools


def moved(ways: Ways, waiting: Waiting, kept_back: Bools) -> Bools:
    """Whom to answer privately instead: the first in turn of those for whom there is room so."""
    asked = kept_back & ways.private & np.isin(waiting.need, OWN)
    place: Ints = np.zeros(len(asked), dtype=np.int64)
    for account in np.unique(waiting.account[asked]):
        some = np.flatnonzero(asked & (waiting.account == account))
        ranked = some[np.lexsort((waiting.came[some], waiting.need[some]))]
        place[ranked] = np.arange(len(ranked))
    return np.asarray(asked & (place + 1 <= ways.private_left[waiting.account]))
