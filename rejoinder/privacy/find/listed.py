"""Closed lists of words, written as running text."""


def listed(text: str) -> frozenset[str]:
    """The words of a text that are parted by space."""
    return frozenset(text.split())
