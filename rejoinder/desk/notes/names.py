"""Whom a note calls: @Bob, @Bob Baker, whatever the case. Pure."""

import re
from collections.abc import Mapping, Sequence

_AT = re.compile(r"(?<!\w)@(?=\w)")


def called(texts: Sequence[str], colleagues: Mapping[int, str]) -> list[list[int]]:
    """For each text the numbers of those it calls, in order, each once.

    `colleagues` are the names by number. A first name that two share calls neither: the note has
    to say which. Of two names that fit, the longer one is meant.
    """
    names = _names(colleagues)
    return [_in(text.casefold(), names) for text in texts]


def _names(colleagues: Mapping[int, str]) -> list[tuple[str, int]]:
    """What each answers to, the longest first."""
    found: dict[str, set[int]] = {}
    for number, name in colleagues.items():
        whole = " ".join(name.casefold().split())
        for said in {whole, whole.partition(" ")[0]} - {""}:
            found.setdefault(said, set()).add(number)
    alone = [(said, next(iter(who))) for said, who in found.items() if len(who) == 1]
    return sorted(alone, key=lambda one: -len(one[0]))


def _in(text: str, names: Sequence[tuple[str, int]]) -> list[int]:
    found = (_at(text, at.end(), names) for at in _AT.finditer(text))
    return list(dict.fromkeys(number for number in found if number is not None))


def _at(text: str, start: int, names: Sequence[tuple[str, int]]) -> int | None:
    for said, number in names:
        ends = start + len(said)
        if text.startswith(said, start) and not text[ends : ends + 1].isalnum():
            return number
    return None
