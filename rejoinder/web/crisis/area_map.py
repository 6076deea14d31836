"""The areas that people name, as tiles where they lie: darker where more people name it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from rejoinder.crisis.areas.uk import REGIONS
from rejoinder.crisis.picture.areas import Area
from rejoinder.web.frame import words

WIDTH, HEIGHT, GAP = 72, 52, 4  # of a tile, in units of the drawing
COLUMNS = 4
SHADES = 4
OWN = 9  # letters shown of an area of the organisation's own


@dataclass(frozen=True, slots=True)
class Tile:
    """One area: where it is drawn, its short name, its figure and its shade (0: nobody)."""

    x: int
    y: int
    short: str
    name: str
    people: str
    shade: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map, its box, and the sentence that says the same."""

    tiles: list[Tile]
    width: int
    height: int
    sentence: str
    areas: Sequence[Area]


def drawn(areas: Sequence[Area], *, shipped: bool) -> Drawn | None:
    """None when nobody names a place. Without the `shipped` areas only those that are named."""
    if not areas:
        return None
    most = areas[0].people
    by_name = {area.name: area for area in areas}
    tiles = [
        _tile(region.tile, region.short, region.name, by_name.get(region.name), most)
        for region in REGIONS
        if shipped or region.name in by_name
    ]
    regions = {region.name for region in REGIONS}
    rows = 1 + max((region.tile[1] for region in REGIONS), default=0) if tiles else 0
    for place, area in enumerate(area for area in areas if area.name not in regions):
        at = (place % COLUMNS, rows + place // COLUMNS)
        tiles.append(_tile(at, area.name[:OWN], area.name, area, most))
    height = max(tile.y for tile in tiles) + HEIGHT
    return Drawn(tiles, COLUMNS * (WIDTH + GAP) - GAP, height, _sentence(areas), areas)


def _tile(at: tuple[int, int], short: str, name: str, area: Area | None, most: int) -> Tile:
    many = area.people if area else 0
    return Tile(
        x=at[0] * (WIDTH + GAP),
        y=at[1] * (HEIGHT + GAP),
        short=short,
        name=name,
        people=words.figure(many) if many else "",
        shade=-(-many * SHADES // most),
    )


def _sentence(areas: Sequence[Area]) -> str:
    first = areas[0]
    said = ngettext(
        "Most often named: %(area)s, by %(n)s person.",
        "Most often named: %(area)s, by %(n)s people.",
        first.people,
    ) % {"area": first.name, "n": words.figure(first.people)}
    others = len(areas) - 1
    if not others:
        return said
    more = ngettext("%(n)s other area is named.", "%(n)s other areas are named.", others)
    return f"{said} {more % {'n': words.figure(others)}}"
