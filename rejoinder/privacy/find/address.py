"""Postal addresses: a house number and a street, with flat before and town after."""

from collections.abc import Iterator

import re2

from rejoinder.privacy.find import around
from rejoinder.privacy.find.kinds import ADDRESS, Span
from rejoinder.privacy.find.listed import listed

# In small letters only what is hardly ever anything else: nobody lives at "a 5 minute drive".
_SURE = "road|rd|street|avenue|lane|crescent|gardens|terrace|mews|grove"
_CAPITAL = (
    "Road|Rd|ROAD|Street|St|STREET|Avenue|Ave|AVENUE|Lane|Ln|LANE|Close|CLOSE|Drive|DRIVE|Way|WAY|"
    "Court|Ct|COURT|Crescent|Cres|CRESCENT|Gardens|Gdns|GARDENS|Grove|GROVE|Place|Pl|PLACE|"
    "Terrace|TERRACE|Hill|HILL|Park|PARK|Square|Sq|SQUARE|Walk|WALK|Mews|MEWS|Row|ROW|Rise|RISE|"
    "View|VIEW|Green|GREEN|Parade|Yard|Wharf|Quay|Croft|Fold|Dene|Vale"
)
_FLAT = r"(?i:(?:flat|apt|apartment|unit|suite|room)\.?\s?[0-9]{1,4}[a-z]?[\s,]{1,3})"
_HOUSE = r"[0-9]{1,4}[A-Za-z]?(?:[/-][0-9]{1,4})?,?\s"
_TOWN = r"(?:(?:,\s?|\s(?:in\s)?)[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?)?"
_PROPER = rf"(?:[A-Z][A-Za-z'.-]*\s){{1,3}}(?:{_CAPITAL})\b\.?{_TOWN}"
_SMALL = rf"(?:[a-z][a-z'-]+\s){{1,2}}(?:{_SURE})\b(?:,\s?[A-Za-z]+)?"
_ABROAD = r"[A-Z][a-z]+(?:strase|strasse|str\.|weg|gasse|platz|allee)\s[0-9]{1,4}[a-z]?\b"
_BOX = r"(?i:\bp\.?o\.?\sbox\s[0-9]{1,6})\b"
PATTERN = rf"\b{_FLAT}?{_HOUSE}(?:{_PROPER}|{_SMALL})|\b{_ABROAD}|{_BOX}"
_PATTERN = re2.compile(PATTERN)
_NO_STREETS = listed(
    """
    hour hours hr hrs minute minutes min mins second seconds day days week weeks month months
    year years mile miles metres meters m km times people of the in on to my a an and or for
    from at off is are was way dead high bars bar more other different lane main busy
    """
)
_CAPITAL_WORDS = listed(
    """
    Hour Hours Minute Day Days Week Month Months Year Years Mile
    """
)


def addresses(post: str) -> Iterator[Span]:
    """House and street, as far as the town; a postcode after them is found by itself."""
    for found in _PATTERN.finditer(post):
        words = found.group().replace(",", " ").split()
        if _is_place(words) and not around.price(post, found.start()):
            yield Span(found.start(), _end(post, found.start(), found.end()), ADDRESS)


def _is_place(words: list[str]) -> bool:
    names = [word for word in words if word.isalpha()]
    return not any(word in _NO_STREETS or word in _CAPITAL_WORDS for word in names)


def _end(post: str, start: int, end: int) -> int:
    while end > start and not post[end - 1].isalnum():
        end -= 1
    return end
