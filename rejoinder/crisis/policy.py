"""What a crisis asks of the desk while it is open. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.budget.plan.situation import ASKERS, RESERVE


class Tone(StrEnum):
    """How we write, from the usual to the most careful."""

    USUAL = "usual"
    PLAIN = "plain"  # short, no jokes, no offers, no sign-off
    CAREFUL = "careful"  # the same, and no word on cause, blame or compensation


@dataclass(frozen=True, slots=True)
class Policy:
    """`reserve` scales what is kept for urgent people (1: what the rule asks for); from `askers`
    people on who ask the same, replies point to a public answer.
    """

    reserve: float = 1.0
    askers: int = 10
    tone: Tone = Tone.PLAIN

    @property
    def possible(self) -> bool:
        """Whether a plan can work with it."""
        reserve = RESERVE[0] <= self.reserve <= RESERVE[1]
        return reserve and ASKERS[0] <= self.askers <= ASKERS[1]


def strictest(policies: Sequence[Policy]) -> Policy | None:
    """Of several crises at once the most careful of everything; None when there is none."""
    if not policies:
        return None
    tones = list(Tone)
    return Policy(
        reserve=max(each.reserve for each in policies),
        askers=min(each.askers for each in policies),
        tone=max((each.tone for each in policies), key=tones.index),
    )
