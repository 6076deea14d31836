"""What colleagues write is hidden as mentions are, before it is kept."""

from functools import cache

from rejoinder.privacy.find import Finder


def masked(text: str, longest: int) -> str:
    """The text with personal data hidden, cut to so many letters first."""
    return _finder().masked([text.strip()[:longest]])[0][0]


@cache
def _finder() -> Finder:
    """Its tables take a moment to build."""
    return Finder()
