"""Told when a reply leaves the outbox: rooms above register what follows for their own rows."""

from collections.abc import Callable

from rejoinder.outbox.models import Reply

Follow = Callable[[Reply], None]
_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Call this for every reply sent, refused or withdrawn, in the transaction that says so."""
    if what not in _follows:
        _follows.append(what)


def tell(reply: Reply) -> None:
    """The reply's new state is on its row."""
    for what in _follows:
        what(reply)
