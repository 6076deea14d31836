"""Moments and marks of what the Graph API tells. Pure."""

from datetime import UTC, datetime
from hashlib import blake2s


def moment(text: str) -> datetime | None:
    """A time of the API, UTC; None where it cannot be read."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def at(seconds: float) -> datetime | None:
    """A moment of Unix seconds or milliseconds; None where it is none."""
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


HIDDEN = "h"  # at the end of a mark


def mark(text: str, *, hidden: bool = False) -> str:
    """The same for the same words, hidden from others or not."""
    words = blake2s(text.encode(errors="replace"), digest_size=6).hexdigest()
    return words + HIDDEN if hidden else words
