"""Whether somebody's handle or name may be taken for ours. Pure.

What the eye takes for the same is made the same first, as Unicode's skeletons do (UTS 39, section
4): case, accents, width, letters of other scripts, and the digits and pairs of letters that are
read as a letter. What is left is compared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rejoinder.listening.watch.edits import within
from rejoinder.listening.watch.words import fold

# Letters of Cyrillic, Greek and Armenian that are drawn as Latin ones (UTS 39, confusables), and
# digits and signs that are read as letters. I, l and 1 are one in most typefaces.
_LOOKS = str.maketrans({
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ғ": "f", "һ": "h", "н": "h",
    "і": "l", "ї": "l", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q",
    "г": "r", "ѕ": "s", "т": "t", "ц": "u", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ү": "y",
    "α": "a", "β": "b", "ε": "e", "γ": "y", "η": "n", "ι": "l", "κ": "k", "ν": "v", "ο": "o",
    "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ո": "n", "օ": "o", "ս": "u",
    "զ": "q", "հ": "h", "0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "3": "e", "4": "a",
    "5": "s", "7": "t", "8": "b", "@": "a", "$": "s",
})  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# What impostors add to a name to be asked for help.
_ADDED = (
    "assist assistance billing care cares center centre contact customer customers de desk eu gb "
    "group help helpdesk helpers helps hilfe hotline hq info kunden kundendienst kundenservice "
    "mobile network official offiziell online plc real refund refunds security service services "
    "status support team the uk us usa"
)
# Digits that stand at an edge of a word.
_DIGITS = re.compile(r"(?<![^\W\d_])\d+|\d+(?![^\W\d_])")
_PLACES = "blog forum media news press shop social web www"  # first words of a domain
SHORTEST = 4  # letters: a shorter name of ours is only ever compared whole
MISSPELT = 6  # letters of a name in which one slip is still overlooked


class Like(StrEnum):
    """How it is like ours; of several the first counts."""

    LETTERS = "letters"  # other letters that look the same, or only signs between them
    ELSEWHERE = "elsewhere"  # our handle, on another server or network
    ADDED = "added"  # our handle, with words such as help
    MISSPELT = "misspelt"  # one letter left out, added, changed or swapped
    NAME = "name"  # the name that is shown


@dataclass(frozen=True, slots=True)
class Own:
    """An account of ours, as people see it."""

    number: int
    handle: str
    name: str = ""


def likeness(handle: str, name: str, own: Own) -> Like | None:
    """How a handle and the name beside it are like ours; None when nobody would mix them up."""
    found = _handles(handle, own.handle)
    if found is not None:
        return found
    ours, theirs = skeleton(own.name), skeleton(name)
    alike = ours != "" and (ours == theirs or _added(name, ours))
    return Like.NAME if alike else None


def nearest(handle: str, name: str, ours: Iterable[Own]) -> tuple[Own, Like] | None:
    """Which of our accounts it is most like, and how."""
    order = list(Like)
    found = [(order.index(like), own) for own in ours if (like := likeness(handle, name, own))]
    if not found:
        return None
    place, own = min(found, key=lambda each: each[0])
    return own, order[place]


@lru_cache(maxsize=20_000)
def skeleton(text: str) -> str:
    """What the eye sees of it: letters alone, those that look the same made the same."""
    folded = "".join(map(fold, text)).translate(_LOOKS)
    seen = "".join(char for char in folded if char.isalnum())
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def _handles(handle: str, ours: str) -> Like | None:
    theirs, own = skeleton(_first(handle)), skeleton(_first(ours))
    if not theirs or not own:
        return None
    if theirs == own and not _plain(handle).startswith(_first(handle)):
        return Like.ADDED
    if theirs == own:
        return Like.ELSEWHERE if _first(handle) == _first(ours) else Like.LETTERS
    if _added(_first(handle), own) or _added(_plain(handle), own):
        return Like.ADDED
    slip = len(own) >= MISSPELT and within(theirs, own, 1)
    return Like.MISSPELT if slip else None


def _plain(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()


def _first(handle: str) -> str:
    """What names somebody: northwind of @northwind@social.example and of care.northwind.example."""
    parts = re.split("[@.]", _plain(handle).partition("://")[2] or _plain(handle))
    common = {*_ADDED.split(), *_PLACES.split()}
    return next((part for part in parts if part not in common), parts[0])


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    either = "|".join(sorted(map(skeleton, _ADDED.split()), key=len, reverse=True))
    return re.compile(f"(?:{either})*")


def _added(text: str, own: str) -> bool:
    """Whether it is ours with words before or behind it that promise help, or with numbers."""
    if len(own) < SHORTEST:
        return False
    # A digit may be read as a letter, or be a number.
    return any(_around(skeleton(each), own) for each in (text, _DIGITS.sub("", text)))


def _around(theirs: str, own: str) -> bool:
    before, found, behind = theirs.partition(own)
    rests = (before, behind)
    return bool(found) and all(_words().fullmatch(rest) is not None for rest in rests)
