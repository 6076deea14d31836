"""From chances and cues to one reading: what is urgent, whose insult is a request all the same."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.read.grade import GRADES, insults
from rejoinder.listening.read.heads import Chances, Floats
from rejoinder.listening.read.scan import Bits, Found
from rejoinder.listening.read.words import NEEDS, SAFETY, Tier

Classes = NDArray[np.intp]

URGENT, SPECIFIC, COMMON, VENT, ABUSE, NONE = range(len(NEEDS))

# From which chance on a post is urgent. Missing somebody in danger costs more than a second look at
# many who are not, so little is enough, and beside a cue of danger to life next to nothing. Chosen
# on posts that were written for it and on a half of the public ones; what it costs on the other
# half is in benchmarks/outside/urgent.py.
ENOUGH: dict[Tier, float] = {"careful": 0.18, "fast": 0.20}
WITH_CUE: dict[Tier, float] = {"careful": 0.03, "fast": 0.05}
CERTAIN = [GRADES.index(name) for name in ("emergency", "alarm")]
FIGURE = 0.5  # beside a figure of speech and no cue of danger
LIFE = [GRADES.index(name) for name in ("emergency", "alarm", "body", "depends")]
CARD, CARD_WITH_CUE = 0.15, 0.10  # of a kind, to open a safety card
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


def decide(chances: Chances, found: Found, graded: Bits, tier: Tier) -> Decided:
    """The reading of each post from the chances of its classes and from its cues and grades."""
    wordless = found.wordless()
    insult = insults(found) & _yes(chances["abuse"], INSULT_WITH_CUE)
    abuse = _yes(chances["abuse"], INSULT) | insult
    safety = np.where(wordless, -1, _safety(chances["safety"], graded))
    need = _calm(chances["need"], abuse & ~found.danger())
    enough = _enough(found, graded, need, tier)
    certain = graded[:, CERTAIN].any(axis=1) | (graded[:, LIFE].sum(axis=1) > 1)
    need[(chances["need"][:, URGENT] >= enough) | certain | (safety >= 0)] = URGENT
    need[wordless] = NONE
    return Decided(
        need=need,
        intent=chances["intent"].argmax(axis=1),
        sentiment=chances["sentiment"].argmax(axis=1),
        safety=safety,
        abuse=abuse,
        strong=found["strong"] | _yes(chances["strong"], SWEARS),
        sarcasm=_yes(chances["sarcasm"], MOCKS),
    )


def _enough(found: Found, graded: Bits, calm: Classes, tier: Tier) -> Floats:
    """From which chance on each post is urgent."""
    wary = graded[:, LIFE].any(axis=1) | (calm == ABUSE)  # who is in danger may insult us too
    figure = found["figure"] & ~graded.any(axis=1)
    enough = np.where(figure, FIGURE, ENOUGH[tier])
    return np.where(wary, WITH_CUE[tier], enough).astype(np.float32)


def _safety(chances: Floats, grades: Bits) -> Classes:
    """The likeliest kind of card, or -1."""
    kinds = chances[:, 1:]
    cued = grades[:, [GRADES.index(kind) for kind in SAFETY]]
    enough = kinds >= np.where(cued, CARD_WITH_CUE, CARD)
    best = np.where(enough, kinds + cued, 0).argmax(axis=1)
    return np.where(enough.any(axis=1), best, -1)


def _calm(chances: Floats, insult: Bits) -> Classes:
    """The likeliest need but urgent. Only an insult without request or danger is abuse."""
    calm = chances.copy()
    calm[:, URGENT] = 0
    asked = calm[:, [SPECIFIC, COMMON]].sum(axis=1) >= REQUEST
    calm[~insult | asked, ABUSE] = 0
    return np.asarray(calm.argmax(axis=1))


def _yes(chances: Floats, enough: float) -> Bits:
    return np.asarray(chances[:, 0] >= enough)
