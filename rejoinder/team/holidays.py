"""Public holidays of a country or a part of it, named as ISO 3166 does: GB, GB-ENG, DE-BY."""

from datetime import date
from functools import lru_cache

import holidays

NOWHERE = ""  # no public holidays are kept


def known(place: str) -> bool:
    """Whether the holidays of this place can be told."""
    country, _, part = place.partition("-")
    parts = holidays.list_supported_countries(include_aliases=False).get(country)
    return place == NOWHERE or (parts is not None and (not part or part in parts))


@lru_cache(maxsize=32)
def between(place: str, first: int, last: int) -> frozenset[date]:
    """The holidays of the years from `first` to `last`, both included. Asks for a `known` place."""
    if place == NOWHERE:
        return frozenset()
    country, _, part = place.partition("-")
    years = range(first, last + 1)
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))
