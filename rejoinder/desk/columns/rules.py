"""What a column may be of, how it is arranged, and what is left out of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

MOST = 30  # columns side by side
LINES = 200  # of all columns together: more is not seen at once, and takes the page its time
LONG, SHORT = 25, 8  # lines of one column: at most, and however many columns there are
WORDS = 10  # of a filter
Key = TypeVar("Key")


class Kind(StrEnum):
    """What a column lists."""

    QUEUE = "queue"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    PRIVATE = "private"
    ON_HOLD = "on-hold"
    SCHEDULED = "scheduled"
    SENT = "sent"
    ACCOUNT = "account"
    CHANNEL = "channel"
    WATCH = "watch"
    QUESTION = "question"
    AREA = "area"
    TAG = "tag"
    SEARCH = "search"


class Width(StrEnum):
    """How much room it takes."""

    NARROW = "narrow"
    USUAL = "usual"
    WIDE = "wide"


# Kinds of which there are several: the column names which.
OF_ONE = frozenset(
    {Kind.ACCOUNT, Kind.CHANNEL, Kind.WATCH, Kind.QUESTION, Kind.AREA, Kind.TAG, Kind.SEARCH}
)
USUAL = (Kind.QUEUE, Kind.MINE, Kind.PRIVATE)  # what somebody begins with


@dataclass(frozen=True, slots=True)
class Filter:
    """Words of which one has to stand, and words of which none may; small letters."""

    words: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.muted)

    def fits(self, text: str) -> bool:
        """Whether a text is shown."""
        small = text.casefold()
        wanted = not self.words or any(word in small for word in self.words)
        return wanted and not any(word in small for word in self.muted)


def lines(columns: int) -> int:
    """How many lines each of so many columns has."""
    return max(SHORT, min(LONG, LINES // max(columns, 1)))


def filtered(words: str, muted: str) -> Filter:
    """From what stands in a column."""
    return Filter(tuple(listed(words)), tuple(listed(muted)))


def listed(typed: str) -> list[str]:
    """Words or phrases, one to a line or parted by commas, each once, small."""
    parts = (" ".join(part.split()).casefold() for part in typed.replace(",", "\n").splitlines())
    return list(dict.fromkeys(part for part in parts if part))[:WORDS]


def moved(order: Sequence[Key], which: Key, to: int) -> list[Key]:
    """The order with one at another place; beyond an end is the end."""
    rest = [each for each in order if each != which]
    if len(rest) == len(order):
        return rest
    at = max(0, min(to, len(rest)))
    return [*rest[:at], which, *rest[at:]]
