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
# some who are not, so less than even is enough: least beside cues of danger to life, or a relative;
# more where other cues are already in the chance. Chosen with posts that were written for it and a
# half of the public ones; what it costs on the other half is in benchmarks/outside/urgent.py.
# At a glance a wrong alarm lasts until the careful tier looks, and who is missed may wait long in a
# surge: there the thresholds are set to find 19 of 20, whatever else they find.
ENOUGH: dict[Tier, float] = {"careful": 0.10, "fast": 0.16}
WITH_CUE: dict[Tier, float] = {"careful": 0.20, "fast": 0.16}  # of another danger, or what fails
WITH_KIN: dict[Tier, float] = {"careful": 0.036, "fast": 0.12}  # of a relative
ERRAND = dict[Tier, float](careful=0.80, fast=0.80)  # for a relative, or so two heads say
RELATIVE = 0.15  # below it the head of relatives is sure that it is an errand
WITH_LIFE: dict[Tier, float] = {"careful": 0.06, "fast": 0.035}  # of danger to life
WITH_FAILING: dict[Tier, float] = {"careful": 0.018, "fast": 0.01}  # and of help that fails
INSULTING: dict[Tier, float] = {"careful": 0.003, "fast": 0.01}  # who is in danger may insult us
FIGURE: dict[Tier, float] = {"careful": 0.25, "fast": 0.16}  # of speech, and no cue of danger
FAILING = [GRADES.index(name) for name in ("emergency", "alarm")]
LIFE = [GRADES.index(name) for name in ("emergency", "alarm", "body", "depends")]
OTHER_THAN_HOME = [at for at, name in enumerate(GRADES) if name != "domestic-abuse"]
CARD: dict[Tier, float] = {"careful": 0.12, "fast": 0.30}  # of a kind, to open a safety card
CARD_WITH_CUE: dict[Tier, float] = {"careful": 0.08, "fast": 0.20}  # or with a word of dread
CARD_OF_ERRAND, CARD_RELATIVE = 0.80, 0.50  # where the head of relatives rather sees an errand
INSULT, INSULT_WITH_CUE, SWEARS, MOCKS = 0.5, 0.2, 0.5, 0.45
REQUEST = 0.3  # an abusive post that so likely asks for something keeps its request


@dataclass(frozen=True)
class Decided:
    """What was decided for a batch, one entry a post; `safety` is -1 for none."""

    need: Classes
    calm: Classes
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
    dread = found.beside("dread", found["person"])
    likely = found["kin"] & ~dread & ~_yes(chances["relative"], CARD_RELATIVE)
    safety = np.where(wordless, -1, _safety(chances["safety"], graded, dread, likely, tier))
    calm = _calm(chances["need"], abuse & ~found.danger())
    errand = _errand(chances["relative"], found, graded, dread)
    enough = _enough(found, graded, calm, errand, tier)
    calm[wordless] = NONE
    urgent = (chances["need"][:, URGENT] >= enough) | (safety >= 0)
    return Decided(
        need=np.where(urgent & ~wordless, URGENT, calm),
        calm=calm,
        intent=chances["intent"].argmax(axis=1),
        sentiment=chances["sentiment"].argmax(axis=1),
        safety=safety,
        abuse=abuse,
        strong=found["strong"] | _yes(chances["strong"], SWEARS),
        sarcasm=_yes(chances["sarcasm"], MOCKS),
    )


def _errand(relative: Floats, found: Found, graded: Bits, dread: Bits) -> Bits:
    """Which posts speak of a relative's bill or account, of no danger and of nothing dreadful.

    The cues of danger at home are no danger by themselves: "my ex still pays for my phone".
    """
    danger = graded[:, OTHER_THAN_HOME].any(axis=1) | dread
    return found.beside("errand", found["kin"] & ~danger & ~_yes(relative, RELATIVE))


def _enough(found: Found, graded: Bits, calm: Classes, errand: Bits, tier: Tier) -> Floats:
    """From which chance on each post is urgent."""
    danger = graded.any(axis=1)
    levels = (
        (calm == ABUSE, INSULTING),
        (graded[:, FAILING].any(axis=1) | (graded[:, LIFE].sum(axis=1) > 1), WITH_FAILING),
        (graded[:, LIFE].any(axis=1), WITH_LIFE),
        (errand, ERRAND),
        (found["figure"] & ~danger, FIGURE),
        (found["kin"], WITH_KIN),
        (danger | found["failing"] | found["unreachable"], WITH_CUE),
    )
    enough = np.select([of for of, _ in levels], [least[tier] for _, least in levels], ENOUGH[tier])
    return np.asarray(enough, np.float32)


def _safety(chances: Floats, grades: Bits, dread: Bits, errand: Bits, tier: Tier) -> Classes:
    """The likeliest kind of card, or -1."""
    kinds = chances[:, 1:]
    cued = grades[:, [GRADES.index(kind) for kind in SAFETY]]
    least = np.where(cued | dread[:, None], CARD_WITH_CUE[tier], CARD[tier])
    enough = kinds >= np.where(errand[:, None], CARD_OF_ERRAND, least)
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
