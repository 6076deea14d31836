"""Worlds by name or from a file, and what makes one impossible. Pure."""

import msgspec

from rejoinder.drill.limits import DAY, Limit
from rejoinder.drill.world import Channel, World


class WorldError(ValueError):
    """A world that cannot be rehearsed; the message is one sentence."""


# The morning of 25 January 2012: one network above all, and its limits of that time.
_O2_2012 = World(
    name="o2-2012",
    channels=(
        Channel(name="x", share=0.86),
        Channel(name="facebook", share=0.06),
        Channel(name="wordpress", share=0.04),
        Channel(name="phone", share=0.04),
        Channel(name="x-private", share=0.0),
    ),
    update_price=0.0,
    limits="o2-2012",
)
# A day at speed on Bluesky: played in minutes, all of it lies in one hour of the platform's clock,
# and what that allows an account has to do for the day.
_BLUESKY = World(
    name="bluesky",
    channels=(
        Channel(name="bluesky", share=0.90),
        Channel(name="wordpress", share=0.05),
        Channel(name="phone", share=0.05),
    ),
    update_channel="bluesky",
    update_price=0.0,
    limits=(Limit("bluesky", "an hour of its clock", 1_666, DAY),),
)
NAMED: dict[str, World] = {"reference": World(), "o2-2012": _O2_2012, "bluesky": _BLUESKY}


def read(text: bytes) -> World:
    """A world from its JSON. Raises WorldError with a sentence."""
    try:
        world = msgspec.json.decode(text, type=World)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WorldError(f"The world cannot be read: {error}.") from None
    check(world)
    return world


def check(world: World) -> None:
    """Raise WorldError for what the types of the fields cannot tell."""
    for holds, words in _faults(world):
        if not holds:
            raise WorldError(words)


def _faults(world: World) -> list[tuple[bool, str]]:
    places = world.places()
    rules = {(rule.account, rule.name) for rule in world.rules()}
    spans = [(one.from_h, one.to_h) for one in world.shifts]
    spans += [(one.from_h, one.to_h) for one in world.clients]
    named = {
        "update_channel": {world.update_channel},
        "limits": {account for account, _ in rules},
        "clients": {client.account for client in world.clients},
    }
    return [
        (len(places) == len(world.channels), "Two channels of the world have the same name."),
        (sum(one.share for one in world.channels) > 0, "The channels share no mentions."),
        (sum(world.need_share.values()) > 0, "The needs share no mentions."),
        (sum(world.profile) > 0, "The profile has no mentions."),
        (_expected(world) <= 200_000, "The world expects more than 200,000 mentions."),
        (all(begin < end for begin, end in spans), "A span of hours ends before it begins."),
        (max(world.read_right.values()) <= 1, "A share of read_right is above 1."),
        (sum(world.read_wrong.values()) > 0, "The needs share no wrong readings."),
        (len(rules) == len(world.rules()), "An account has two limits of the same name."),
        *(
            (name in places, f"{field} names {name!r}, which is no channel of the world.")
            for field, names in named.items()
            for name in sorted(names)
        ),
        *(
            ((account, name) in rules, f"{account!r} has no limit {name!r} to cut.")
            for account, name in ((cut.account, cut.limit) for cut in world.cuts)
        ),
    ]  # fmt: skip


def _expected(world: World) -> float:
    return world.usual + sum(surge.mentions for surge in world.surges)
