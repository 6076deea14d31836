"""Who was quiet: rooms above say whom they heard last when, and with whom something is open."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from rejoinder.privacy.vault import Person

# The people of a channel of whom nothing was heard since a moment, and whom nobody owes an answer.
Quiet = Callable[[str, datetime], Iterator[Person]]
# Those of these people with whom something is not finished, such as a promise.
Busy = Callable[[Collection[Person]], set[Person]]
# The names of the channels that a room heard people on.
Channels = Callable[[], Collection[str]]

_quiet: list[Quiet] = []
_busy: list[Busy] = []
_channels: list[Channels] = []


def hears(quiet: Quiet, channels: Channels) -> None:
    """The room that knows when people were heard registers this."""
    _quiet.append(quiet)
    _channels.append(channels)


def works(busy: Busy) -> None:
    """A room that may be at work for somebody registers this."""
    _busy.append(busy)


def quiet(channel: str, before: datetime) -> Iterator[Person]:
    """People to forget, unless something is open with them or a hold stands against it."""
    for one in _quiet:
        yield from one(channel, before)


def busy(people: Collection[Person]) -> set[Person]:
    """Those with whom something is not finished."""
    return {person for one in _busy for person in one(people)}


def channels() -> list[str]:
    """Every channel on which people were heard."""
    return sorted({name for one in _channels for name in one()})
