"""Told when a revision is published: rooms above register what follows for their own rows."""

from collections.abc import Callable

from rejoinder.answers.models import Revision

Follow = Callable[[Revision], None]
_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Call this for every revision published, in the transaction that publishes."""
    if what not in _follows:
        _follows.append(what)


def tell(revision: Revision) -> None:
    """It is on its row and in the log."""
    for what in _follows:
        what(revision)
