"""Saved replies: variables filled in, one of several wordings chosen, found by words. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

BETWEEN = re.compile(r"(?m)^[^\S\n]*---[^\S\n]*$")  # a line of dashes parts two wordings
_VARIABLE = re.compile(r"\{([a-z_]*)\}")
# What may stand in a saved reply, and what takes its place.
VARIABLES: dict[str, str] = {
    "name": "what the person is called",
    "first": "the first word of that",
    "me": "the name behind the writer's sign",
    "channel": "where they wrote",
    "link": "the short link of the answer to what they ask",
}


class Kept(NamedTuple):
    """A saved reply: its name, and its wordings as they were written."""

    number: int
    name: str
    text: str
    used: int


def wordings(text: str) -> list[str]:
    """Each wording, without the lines between."""
    return [part.strip() for part in BETWEEN.split(text) if part.strip()]


def unknown(text: str) -> list[str]:
    """Variables that there are not."""
    return [name for name in _VARIABLE.findall(text) if name not in VARIABLES]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables; one without a value goes, with the space before it."""
    known = _VARIABLE.sub(lambda found: values.get(found[1], "") or "\0", text)
    return re.sub(r"[^\S\n]*\0", "", known).strip()


def chosen(texts: Sequence[str], used: int, said: Collection[str]) -> str:
    """The next wording in turn that this person has not read yet; else simply the next."""
    turn = [texts[(used + step) % len(texts)] for step in range(len(texts))]
    return next((text for text in turn if text not in said), turn[0])


def found(kept: Sequence[Kept], words: str) -> list[Kept]:
    """Those with every word in name or text: named so first, then the most used."""
    asked = words.casefold().split()
    hits = [each for each in kept if all(word in _all(each) for word in asked)]

    def place(each: Kept) -> tuple[int, int, str]:
        name = each.name.casefold()
        return -sum(word in name for word in asked), -each.used, name

    return sorted(hits, key=place)


def _all(kept: Kept) -> str:
    return f"{kept.name}\n{kept.text}".casefold()
