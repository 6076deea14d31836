"""What a platform told of our limits while we listened: rooms above register who believes it."""

from collections.abc import Callable, Sequence

from rejoinder.channels.contract import Observed
from rejoinder.channels.models import Account

Follow = Callable[[Account, Sequence[Observed]], None]
_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Call this with what was told, after what was heard is kept."""
    if what not in _follows:
        _follows.append(what)


def tell(account: Account, observed: Sequence[Observed]) -> None:
    """Pass on what was told; nothing when nothing was."""
    for what in _follows if observed else ():
        what(account, observed)
