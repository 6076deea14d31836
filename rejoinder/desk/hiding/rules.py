"""When a post may be hidden from others on our page, and by whom. Pure.

Never for criticism: what the desk does not read as aimed at people needs somebody who has read it
once more and says so. Whoever answers may hide personal data that the desk found, for that cannot
wait; the rest is a lead's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EXPOSING = "exposing"  # the ground of personal data that everybody can read
AIMED = frozenset({"threats", "harassment", "hate", "sexual"})  # grounds of what is aimed at people
DAYS = (7, 30, 90)  # until it is looked at again
LONGEST = timedelta(days=180)


class No(StrEnum):
    """Why it is not hidden; of several the first counts."""

    GONE = "gone"
    THERE = "there"  # it does not stand where we may hide it
    HIDDEN = "hidden"  # already
    UNDER_WAY = "under-way"
    GROUND = "ground"
    LEAD = "lead"
    CRITICISM = "criticism"
    WORDS = "words"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for. `personal` and `abusive` are how the desk reads the post; `sure`
    says that they read it again; `steers` that they are a lead.
    """

    ground: str
    why: str
    review_at: datetime
    steers: bool
    sure: bool = False
    personal: bool = False
    abusive: bool = False
    there: bool = True
    gone: bool = False
    hidden: bool = False
    under_way: bool = False


def refused(asked: Asked, now: datetime) -> No | None:
    """Why not; None when it is hidden."""
    checks = (
        (No.GONE, asked.gone),
        (No.THERE, not asked.there),
        (No.HIDDEN, asked.hidden),
        (No.UNDER_WAY, asked.under_way),
        (No.GROUND, not asked.ground),
        (No.LEAD, not asked.steers and not _evident(asked)),
        (No.CRITICISM, not asked.sure and not _read_so(asked)),
        (No.WORDS, not asked.why.strip()),
        (No.REVIEW, not now < asked.review_at <= now + LONGEST),
    )
    return next((no for no, wrong in checks if wrong), None)


def _evident(asked: Asked) -> bool:
    return asked.ground == EXPOSING and asked.personal


def _read_so(asked: Asked) -> bool:
    """Whether the desk reads it as what it is to be hidden for."""
    return _evident(asked) or (asked.ground in AIMED and asked.abusive)
