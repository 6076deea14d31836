"""Places by their words, each in one area: shipped ones, and the organisation's own. Pure.

An own place is a line `Riverside, the Riverside estate = South West`: names, and the area they lie
in, which may be one of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rejoinder.crisis.areas.uk import REGIONS, Region
from rejoinder.crisis.areas.words import words

LONGEST = 20_000  # letters of own places
NAME = 60  # letters


class Place(NamedTuple):
    """A name that people write, what it is called in tables, and the area it lies in."""

    words: tuple[str, ...]
    name: str
    area: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by their first word, the longest first; areas by the letters of postcodes."""

    places: Mapping[str, tuple[Place, ...]]
    postcodes: Mapping[str, str]
    areas: tuple[str, ...]


class NoPlaceError(ValueError):
    """A line that is no place; `line` is it."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line.strip()[:60]


def gazetteer(own: str = "", *, shipped: bool = True) -> Gazetteer:
    """Of the shipped places, unless they are left out, and own ones. Raises NoPlaceError.

    Where an own place has the words of a shipped one, the own one holds.
    """
    regions = REGIONS if shipped else ()
    every = [*(place for region in regions for place in _of(region)), *_own(own)]
    found = {place.words: place for place in every}
    areas = dict.fromkeys([*(region.name for region in regions), *(p.area for p in found.values())])
    by_first: dict[str, list[Place]] = defaultdict(list)
    for place in found.values():
        by_first[place.words[0]].append(place)
    return Gazetteer(
        places={
            first: tuple(sorted(places, key=lambda place: -len(place.words)))
            for first, places in by_first.items()
        },
        postcodes={letters: each.name for each in regions for letters in each.postcodes.split()},
        areas=tuple(areas),
    )


def _of(region: Region) -> Iterable[Place]:
    yield Place(words(region.name), region.name, region.name)
    for each in region.places.split(", "):
        name = each.removeprefix("?")
        yield Place(words(name), name, region.name, doubtful=each != name)


def _own(text: str) -> Iterable[Place]:
    known = {region.name.casefold(): region.name for region in REGIONS}
    for line in filter(str.strip, text[:LONGEST].splitlines()):
        names, equals, area = line.partition("=")
        shown = " ".join(area.split())
        spelt = [" ".join(name.split()) for name in names.split(",")]
        if not equals or not shown or len(shown) > NAME or not all(map(_is_name, spelt)):
            raise NoPlaceError(line)
        for name in spelt:
            yield Place(words(name), spelt[0], known.get(shown.casefold(), shown))


def _is_name(name: str) -> bool:
    return bool(words(name)) and len(name) <= NAME
