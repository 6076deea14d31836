"""Copies in the obvious way: each post against every original, by sets of words in strings."""

import re
from typing import NamedTuple

from rejoinder.listening.watch.words import tokens


class Said(NamedTuple):
    """What counts of one post."""

    words: list[str]
    handle: str
    cut_off: bool
    shingles: set[tuple[str, ...]]
    enough: bool


def said(text: str) -> Said:
    handle = ""
    while mark := re.match(r"\s*(?:RT|MT)\b:?\s*@(\w+):?\s*", text):
        handle, text = mark[1].lower(), text[mark.end() :]
    text = re.sub(r"(?:https?://|www\.)\S*", " ", text)
    cut_off = text.rstrip().endswith(("…", "..."))
    words = [token.word for token in tokens(text)]
    if cut_off:
        words = words[:-1]
    words = [word for word in words if not word.startswith("@")]
    shingles = {tuple(words[at : at + 3]) for at in range(len(words) - 2)}
    telling = {word for word in words if len(word) > 1 and not re.search("[0-9]", word)}
    return Said(words, handle, cut_off, shingles, len(telling) >= 10)


def copy(one: Said, other: Said) -> bool:
    """Whether one is a copy of the other."""
    if not one.enough or not other.enough:
        return bool(one.words and one.handle) and one[:2] == other[:2]
    a, b = one.shingles, other.shingles
    if one.words == other.words:
        return True
    shared = len(a & b)
    if shared >= 0.7 * (len(a) + len(b) - shared) - 1e-9:
        return True
    return (one.cut_off and shared >= 0.9 * len(a)) or (other.cut_off and shared >= 0.9 * len(b))


def copies(texts: list[str]) -> list[bool]:
    """Whether each is a copy of an original before it; only originals are compared with."""
    originals: list[Said] = []
    found = []
    for one in map(said, texts):
        found.append(any(copy(one, each) for each in originals if one.handle or not each.handle))
        if not found[-1]:
            originals.append(one)
    return found
