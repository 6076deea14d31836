"""Which places people name, in batches. Pure; no network, no model, words alone.

Left out: names of teams (“Leeds United”), of streets (“London Road”), of places elsewhere (“New
York”), and words that are places only by chance, unless they are written as one (“in Reading”).
A postcode counts by its letters: “LS6”, “in m14”; the rest of it is not looked at.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rejoinder.crisis.areas.gazetteer import Gazetteer, Place
from rejoinder.crisis.areas.words import folded, spelt

MOST_TEXT = 10_000  # letters looked at
MOST = 20  # places of one mention

_HERE = frozenset(["in", "at", "near", "around", "across", "from", "within", "inside"])
_BEFORE = _HERE | {"outside", "over", "round", "throughout", "towards"}
_CODE_BEFORE = _BEFORE | {"postcode", "area", "postcodes", "code"}
_CLUBS = frozenset(["fc", "afc", "city", "town", "united", "utd", "albion", "athletic"])
_TEAMS = _CLUBS | {"rovers", "wanderers", "hotspur", "argyle", "wednesday"}
_WAYS = frozenset(["road", "rd", "street", "st", "lane", "avenue", "ave", "close"])
_STREETS = _WAYS | {"drive", "terrace", "crescent", "way"}
_CENTRE = frozenset(["centre", "center", "hall"])
_NOT_BEFORE = frozenset(["new", "mr", "mrs", "ms", "dr"])
_OUTWARD = re.compile(r"([A-Za-z]{1,2})(\d[\dA-Za-z]?)")
_INWARD = re.compile(r"\d[A-Za-z]{2}")


class Named(NamedTuple):
    """A place that somebody named, and the area it lies in."""

    area: str
    place: str


def find(texts: Sequence[str], known: Gazetteer) -> list[tuple[Named, ...]]:
    """The places of each text, each once, in the order in which they are named."""
    return [_find(text[:MOST_TEXT], known) for text in texts]


def _find(text: str, known: Gazetteer) -> tuple[Named, ...]:
    typed = spelt(text)
    plain = [folded(word) for word in typed]
    found: dict[Named, None] = {}
    at = 0
    while at < len(plain) and len(found) < MOST:
        place = _place(plain, typed, at, known)
        if place is not None:
            found[Named(place.area, place.name)] = None
            at += len(place.words)
            continue
        code = _code(plain, typed, at, known)
        if code is not None:
            found[code] = None
        at += 1
    return tuple(found)


def _place(plain: list[str], typed: list[str], at: int, known: Gazetteer) -> Place | None:
    """The longest place that begins here."""
    for place in known.places.get(plain[at], ()):
        end = at + len(place.words)
        if tuple(plain[at:end]) == place.words:
            return place if _is_meant(place, plain, typed, at) else None
    return None


def _is_meant(place: Place, plain: list[str], typed: list[str], at: int) -> bool:
    end = at + len(place.words)
    before = plain[at - 1] if at else ""
    after, then = [*plain[end : end + 2], "", ""][:2]
    if before in _NOT_BEFORE or _is_another(after, then):
        return False
    return not place.doubtful or (before in _BEFORE and typed[at][0].isupper())


def _is_another(after: str, then: str) -> bool:
    """Whether the words after a place make it a team or a street; a city centre is a place."""
    return after in _STREETS or (after in _TEAMS and then not in _CENTRE)


def _code(plain: list[str], typed: list[str], at: int, known: Gazetteer) -> Named | None:
    """A postcode's first half; alone, two capital letters or a word before it make it one."""
    found = _OUTWARD.fullmatch(typed[at])
    area = known.postcodes.get(found[1].upper()) if found else None
    if found is None or area is None:
        return None
    whole = at + 1 < len(typed) and _INWARD.fullmatch(typed[at + 1])
    said = at and plain[at - 1] in _CODE_BEFORE
    if whole or said or (len(found[1]) == 2 and found[1].isupper()):
        return Named(area, found[1].upper())
    return None
