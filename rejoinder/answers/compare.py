"""What changed between two texts, word by word. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

Kind = Literal["same", "ins", "del"]

MOST_PAIRS = 2_000_000  # of equal words; beyond, the middle is shown as one change
_WORDS = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words: in both texts, only in the newer (ins) or only in the older (del)."""

    kind: Kind
    text: str


def compare(older: str, newer: str) -> list[Part]:
    """The parts in reading order.

    Those that are not `ins` joined give the older text, those that are not `del` the newer one.
    """
    before, after = _WORDS.findall(older), _WORDS.findall(newer)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    middle = _middle(before[start : len(before) - end], after[start : len(after) - end])
    parts = [
        Part("same", "".join(before[:start])),
        *middle,
        Part("same", "".join(before[len(before) - end :])),
    ]
    return [part for part in parts if part.text]


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = zip(before, after, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _middle(before: Sequence[str], after: Sequence[str]) -> list[Part]:
    if _pairs(before, after) > MOST_PAIRS:
        return [Part("del", "".join(before)), Part("ins", "".join(after))]
    parts: list[Part] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, left, right, low, high in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part("same", "".join(before[left:right])))
        else:
            parts.append(Part("del", "".join(before[left:right])))
            parts.append(Part("ins", "".join(after[low:high])))
    return parts


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """What the matcher looks at, about: equal words of both."""
    many = Counter(after)
    return sum(many[word] for word in before)
