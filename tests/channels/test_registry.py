"""The channels there are, found by themselves."""

from pathlib import Path

import pytest

from rejoinder import channels
from rejoinder.channels import registry
from rejoinder.channels.contract import Channel

FOLDERS = sorted(file.parent.name for file in Path(channels.__path__[0]).glob("*/__init__.py"))


def test_every_folder_is_a_channel() -> None:
    found = registry.channels()
    assert {"bluesky", "mastodon", "pretend", "webform", "wordpress", "x"} <= set(found)
    assert list(found) == [name for name in FOLDERS if name not in registry.NO_CHANNELS]
    assert all(issubclass(channel, Channel) for channel in found.values())
    assert all(channel.name == name for name, channel in found.items())


def test_an_unknown_one_names_the_known() -> None:
    known = ", ".join(registry.channels())
    with pytest.raises(registry.UnknownChannelError, match=rf"no channel 'y'\. There are: {known}"):
        registry.channel("y")
