"""Since when each part waits when a conversation is parted. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Word:
    """One thing the person wrote; `stands` is False for what was deleted."""

    number: int
    at: datetime
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Waits:
    """Since when somebody waits in the part that stays and in the part that goes; None: nobody."""

    stays: datetime | None
    goes: datetime | None


def may_part(words: Sequence[Word], chosen: Collection[int]) -> bool:
    """Some of them, and not all that stand."""
    numbers = {word.number for word in words}
    left = [word for word in words if word.number not in chosen and word.stands]
    return bool(chosen) and set(chosen) <= numbers and bool(left)


def waits(words: Sequence[Word], chosen: Collection[int], since: datetime | None) -> Waits:
    """By the words not answered yet, those from `since` on; the earlier of both is never later.

    Where nobody waited, nobody waits afterwards.
    """
    if since is None:
        return Waits(None, None)
    open_ = [word for word in words if word.stands and word.at >= since]
    goes = min((word.at for word in open_ if word.number in chosen), default=None)
    stays = min((word.at for word in open_ if word.number not in chosen), default=None)
    # What is answered in part only keeps its place, whichever part has the first word.
    return Waits(stays, goes) if stays or goes else Waits(since, None)
