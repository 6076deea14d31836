"""When somebody may be blocked, and when it is looked at again. Pure.

Never for criticism: what the desk does not read as aimed at people needs a lead who has read it
once more and says so. Never while somebody may be in danger or is in urgent need.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAYS = (7, 30, 90)  # until it is looked at again
LONGEST = timedelta(days=180)


class No(StrEnum):
    """Why nobody is blocked; of several the first counts."""

    BLOCKED = "blocked"  # already
    DANGER = "danger"
    URGENT = "urgent"
    GROUND = "ground"
    SHOWN = "shown"  # none of their words was named
    CRITICISM = "criticism"
    WORDS = "words"
    OTHER_WAY = "other-way"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a lead asks for. `abusive` says that the desk reads the words that were named as aimed
    at people; `sure` that the lead read them again and says so. Spam is no abuse, and needs `sure`.
    """

    ground: str
    why: str
    other_way: str
    shown: bool
    abusive: bool
    sure: bool
    review_at: datetime
    blocked: bool = False
    card_open: bool = False
    urgent: bool = False


def refused(asked: Asked, now: datetime) -> No | None:
    """Why not; None when they are blocked."""
    checks = (
        (No.BLOCKED, asked.blocked),
        (No.DANGER, asked.card_open),
        (No.URGENT, asked.urgent),
        (No.GROUND, not asked.ground),
        (No.SHOWN, not asked.shown),
        (No.CRITICISM, not asked.abusive and not asked.sure),
        (No.WORDS, not asked.why.strip()),
        (No.OTHER_WAY, not asked.other_way.strip()),
        (No.REVIEW, not now < asked.review_at <= now + LONGEST),
    )
    return next((no for no, wrong in checks if wrong), None)
