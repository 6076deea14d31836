"""Told when two conversations turn out to be one: rooms above register what follows for them."""

from collections.abc import Callable

from rejoinder.listening.models import Conversation

Follow = Callable[[Conversation, Conversation], None]
_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Call this with the one that ended and the one that goes on, in the transaction that joins."""
    if what not in _follows:
        _follows.append(what)


def tell(gone: Conversation, on: Conversation) -> None:
    """`gone` has no mention any more; `on` has them all."""
    for what in _follows:
        what(gone, on)
