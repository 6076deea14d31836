"""Hiding personal data in what colleagues write into reports, as in mentions."""

from functools import cache

from rejoinder.privacy.find import Finder


def masked(text: str, longest: int) -> str:
    """Without spaces around it, cut, and with a marker for each thing that is hidden."""
    return _finder().masked([text.strip()[:longest]])[0][0]


@cache
def _finder() -> Finder:
    return Finder()
