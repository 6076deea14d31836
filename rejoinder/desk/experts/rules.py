"""When an expert's link opens, how often one may write there, and what keeps a promise. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OPEN_AFTER = timedelta(days=1)  # after it was due a late answer is still welcome
MOST, WINDOW = 10, timedelta(hours=1)  # words of one expert on one link
MOST_PASSED = 5  # times that a question is passed on before the desk decides


class Door(StrEnum):
    """What a link shows."""

    OPEN = "open"
    ANSWERED = "answered"  # by this expert or by another
    TAKEN_BACK = "taken-back"  # or passed on
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of one: until when it lasts, and when it or its question ended."""

    ends_at: datetime
    ended_at: datetime | None = None
    question_ended_at: datetime | None = None
    answered: bool = False


def door(link: Link, now: datetime) -> Door:
    """An answer shuts every link of its question; at the moment of its end a link is shut."""
    if link.answered:
        return Door.ANSWERED
    if link.ended_at is not None or link.question_ended_at is not None:
        return Door.TAKEN_BACK
    return Door.EXPIRED if now >= link.ends_at else Door.OPEN


def ends_at(due_at: datetime) -> datetime:
    """Until when the link to a question with this due time opens."""
    return due_at + OPEN_AFTER


def may_write(times: Sequence[datetime], now: datetime) -> bool:
    """`times` are those of the expert's own words on this link, in any order."""
    return sum(now - WINDOW < each <= now for each in times) < MOST


def kept_by(asked_until: Sequence[datetime | None], written_at: datetime) -> list[bool]:
    """Which promises a reply keeps that was written then; `asked_until` is when the question ended
    on which each waits, None while it is open.

    The reply that gives the promise keeps nothing, nor does one written while the expert is
    still asked: it could only say that we are still at it.
    """
    return [ended is not None and written_at >= ended for ended in asked_until]
