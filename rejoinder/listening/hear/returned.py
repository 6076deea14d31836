"""Replies of ours that came back: heard here, and rooms above register who writes it down."""

from collections.abc import Callable, Sequence

from rejoinder.channels.contract import Returned
from rejoinder.channels.models import Account

Follow = Callable[[Account, Sequence[Returned]], None]
_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Call this with what came back, before the channel's cursor moves on; twice is harmless."""
    if what not in _follows:
        _follows.append(what)


def tell(account: Account, returned: Sequence[Returned]) -> None:
    """Pass on what came back; nothing when nothing did."""
    for what in _follows if returned else ():
        what(account, returned)
