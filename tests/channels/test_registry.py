"""The channels there are, found by themselves."""

import pytest

from rejoinder.channels import registry
from rejoinder.channels.contract import Channel


def test_every_folder_is_a_channel() -> None:
    found = registry.channels()
    assert list(found) == ["bluesky", "pretend", "wordpress"]
    assert all(issubclass(channel, Channel) for channel in found.values())
    assert all(channel.name == name for name, channel in found.items())


def test_an_unknown_one_names_the_known() -> None:
    with pytest.raises(
        registry.UnknownChannelError,
        match=r"no channel 'x'\. There are: bluesky, pretend, wordpress",
    ):
        registry.channel("x")
