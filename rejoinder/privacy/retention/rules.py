"""How long something is kept. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

DAYS = (1, 36_500)  # the shortest and the longest period


class Hold(NamedTuple):
    """A legal hold: of one person by pseudonym, or of everybody where that is empty."""

    subject: str
    until: datetime
    ended_at: datetime | None


def days(purposes: Collection[str], periods: Mapping[str, int]) -> int | None:
    """How long a value is kept that serves these purposes: as long as the longest of them.

    None, which is without an end, as soon as one of them has no period, or where there are none.
    """
    known = [periods.get(one) for one in purposes]
    found = [one for one in known if one is not None]
    return max(found) if found and len(found) == len(known) else None


def before(now: datetime, kept: int) -> datetime:
    """What is older than this had its time."""
    return now - timedelta(days=kept)


def possible(kept: int) -> bool:
    """Whether it is a period."""
    return DAYS[0] <= kept <= DAYS[1]


def in_force(hold: Hold, now: datetime) -> bool:
    """Whether it holds now."""
    return hold.ended_at is None and now < hold.until


def held(subject: str, holds: Collection[Hold], now: datetime) -> bool:
    """Whether nothing of a person may be deleted."""
    return any(in_force(one, now) and one.subject in ("", subject) for one in holds)
