"""From chances and cues to one reading: what is urgent, whose insult is a request all the same."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.read.grade import GRADES
from rejoinder.listening.read.heads import Chances, Floats
from rejoinder.listening.read.scan import Bits
from rejoinder.listening.read.words import NEEDS, SAFETY

Classes = NDArray[np.intp]

URGENT, SPECIFIC, COMMON, VENT, ABUSE, NONE = range(len(NEEDS))

# Missing somebody in danger costs more than a second look at nine who are not: so little is enough,
# and a cue of danger halves it again.
ENOUGH = {"careful": 0.10, "fast": 0.12}
WITH_CUE = {"careful": 0.03, "fast": 0.04}
LIFE = [GRADES.index(name) for name in ("emergency", "alarm", "body", "depends")]
CARD = 0.25  # a safety card is opened from here; with a cue of that kind from WITH_CUE
INSULT, INSULT_WITH_CUE, SWEARS, MOCKS = 0.5, 0.2, 0.5, 0.45
REQUEST = 0.3  # an abusive post that so likely asks for something keeps its request


@dataclass(frozen=True)
class Decided:
    """What was decided for a batch, one entry a post; `safety` is -1 for none."""

    need: Classes
    intent: Classes
    sentiment: Classes
    safety: Classes
    abuse: Bits
    strong: Bits
    sarcasm: Bits

    def columns(self) -> list[list[int]]:
        """Each of them as a list, in the order above."""
        return [getattr(self, part.name).tolist() for part in fields(self)]


def decide(chances: Chances, grades: Bits, insults: Bits, swears: Bits, tier: str) -> Decided:
    """The reading of each post from the chances of its classes and from its cues."""
    abuse = _yes(chances["abuse"], INSULT) | (insults & _yes(chances["abuse"], INSULT_WITH_CUE))
    safety = _safety(chances["safety"], grades, tier)
    urgent = _urgent(chances["need"][:, URGENT], grades, tier) | (safety >= 0)
    return Decided(
        need=np.where(urgent, URGENT, _calm(chances["need"], abuse)),
        intent=chances["intent"].argmax(axis=1),
        sentiment=chances["sentiment"].argmax(axis=1),
        safety=safety,
        abuse=abuse,
        strong=swears | _yes(chances["strong"], SWEARS),
        sarcasm=_yes(chances["sarcasm"], MOCKS),
    )


def _urgent(chance: Floats, grades: Bits, tier: str) -> Bits:
    cued = grades.any(axis=1)
    life = grades[:, LIFE].sum(axis=1)
    likely = chance >= np.where(cued, WITH_CUE[tier], ENOUGH[tier])
    return np.asarray(likely | (life > 1))


def _safety(chances: Floats, grades: Bits, tier: str) -> Classes:
    """The likeliest kind of card, or -1."""
    kinds = chances[:, 1:]
    cued = grades[:, [GRADES.index(kind) for kind in SAFETY]]
    enough = kinds >= np.where(cued, WITH_CUE[tier], CARD)
    best = np.where(enough, kinds + cued, 0).argmax(axis=1)
    return np.where(enough.any(axis=1), best, -1)


def _calm(chances: Floats, abuse: Bits) -> Classes:
    """The likeliest need but urgent. Only an insult without any request is abuse."""
    calm = chances.copy()
    calm[:, URGENT] = 0
    asked = calm[:, [SPECIFIC, COMMON]].sum(axis=1) >= REQUEST
    calm[~abuse | asked, ABUSE] = 0
    return np.asarray(calm.argmax(axis=1))


def _yes(chances: Floats, enough: float) -> Bits:
    return np.asarray(chances[:, 0] >= enough)
