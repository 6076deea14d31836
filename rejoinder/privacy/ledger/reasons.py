"""Reasons as the ledger keeps them: people type numbers and addresses into reasons. Pure."""

from rejoinder.privacy import find

LONGEST = 500  # characters


def masked(why: str) -> str:
    """A reason without the personal data in it, as every database and every JSON holds it."""
    return clean(find.masked(why), LONGEST)


def clean(text: str, most: int) -> str:
    """Text without what a database or JSON refuses, and not longer than this."""
    return text.replace("\0", "")[:most].encode("utf-8", "replace").decode()
