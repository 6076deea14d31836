"""Where a promise stands: open, soon due, late, kept, kept late. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(minutes=30)  # before it is due


class Standing(StrEnum):
    """Of one promise at one moment."""

    OPEN = "open"
    SOON = "soon"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept-late"


def standing(due_at: datetime, kept_at: datetime | None, now: datetime) -> Standing:
    """Kept in its last second is kept."""
    if kept_at is not None:
        return Standing.KEPT if kept_at <= due_at else Standing.KEPT_LATE
    if now > due_at:
        return Standing.LATE
    return Standing.SOON if due_at - now <= SOON else Standing.OPEN


def broken(due_at: datetime, kept_at: datetime | None, now: datetime) -> bool:
    """Whether the moment passed without it, whatever came later."""
    return standing(due_at, kept_at, now) in (Standing.LATE, Standing.KEPT_LATE)
