"""What a report tells, as plain values. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from rejoinder.crisis.picture.usual import Floats
from rejoinder.crisis.timeline.clocks import broken


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise: what, by whom, by when, and when it was kept if it was."""

    words: str
    keeper: str
    due_at: datetime
    kept_at: datetime | None

    def broken(self, now: datetime) -> bool:
        """Whether its moment passed without it."""
        return broken(self.due_at, self.kept_at, now)


@dataclass(frozen=True, slots=True)
class Spent:
    """Of one limit of an account: the most replies that counted in it at once, and its cap."""

    account: str
    channel: str
    limit: str
    replies: int
    most: int
    cap: int


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was public: its newest revision in the crisis, and how many were told."""

    title: str
    revision: int
    people: int


@dataclass(frozen=True, slots=True)
class Moments:
    """When what happened first; None for what did not."""

    began_at: datetime
    declared_at: datetime
    stated_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None

    @property
    def until_stated(self) -> timedelta | None:
        """From the alarm (or the declaration, where there was none) to our first public word."""
        return self.stated_at - self.began_at if self.stated_at else None


def tally(promises: Sequence[Kept], now: datetime) -> tuple[int, int, int]:
    """How many were kept in time, are broken, and are still open."""
    late = sum(each.broken(now) for each in promises)
    kept = sum(each.kept_at is not None and not each.broken(now) for each in promises)
    return kept, late, len(promises) - kept - late


def most_at_once(moments: Floats, length: float, ends: float | None = None) -> int:
    """The most of these moments (seconds, in order) in any window of so many seconds.

    A window that starts anew at `ends` and every `length` from there counts in its own frames; one
    that slides counts back from every moment.
    """
    if not len(moments):
        return 0
    if ends is not None:
        frames = np.floor((moments - ends) / length).astype(np.int64)
        return int(np.unique(frames, return_counts=True)[1].max())
    before = np.searchsorted(moments, moments - length, side="right")
    return int((np.arange(1, len(moments) + 1) - before).max())
