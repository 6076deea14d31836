"""Finds the channels: each folder here, and what other packages offer as `rejoinder.channels`."""

import pkgutil
from functools import cache
from importlib import import_module, metadata

from rejoinder.channels import __path__ as folders
from rejoinder.channels.contract import Channel

ENTRY_POINTS = "rejoinder.channels"
NO_CHANNELS = {"contract", "graph", "migrations"}  # the folders here that are none


class UnknownChannelError(LookupError):
    """No channel has this name. The message lists those there are."""


@cache
def channels() -> dict[str, type[Channel]]:
    """Every channel by name, in the order of their names."""
    found = [
        import_module(f"rejoinder.channels.{module.name}").channel
        for module in pkgutil.iter_modules(folders)
        if module.ispkg and module.name not in NO_CHANNELS
    ]
    found += [entry.load() for entry in metadata.entry_points(group=ENTRY_POINTS)]
    return {channel.name: channel for channel in sorted(found, key=lambda c: c.name)}


def channel(name: str) -> type[Channel]:
    """The channel of this name. Raises UnknownChannelError."""
    try:
        return channels()[name]
    except KeyError:
        raise UnknownChannelError(
            f"There is no channel {name!r}. There are: {', '.join(channels())}."
        ) from None
