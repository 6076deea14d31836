"""The world of a drill: who writes when and why, what the platforms allow, who is on duty. Pure.

Every number is an assumption that a JSON file can change; `{}` is the reference world. Hours (`_h`)
and seconds (`_s`) count from the world's start, a midnight. Shares are relative to their sum.
"""

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from rejoinder.drill.limits import PRESETS, Limit, Preset

DAY_S = 86_400.0
HOUR_S = 3_600.0

Share = Annotated[float, Meta(ge=0, le=1)]
Amount = Annotated[float, Meta(ge=0, le=1e6)]
Span = Annotated[float, Meta(gt=0, le=1e6)]
Hour = Annotated[float, Meta(ge=0, le=24)]
Count = Annotated[int, Meta(ge=0, le=100_000)]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Shape = Literal["incident", "news", "outage", "slow-leak", "flood"]
Weighting = Literal["standard", "urgent-first", "level"]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """Part of a world: plain data, nothing unknown in it."""


class ByNeed(_Part, frozen=True, kw_only=True):
    """One number for each need, in the order of the queue."""

    urgent: Amount
    specific: Amount
    common: Amount
    vent: Amount
    abuse: Amount
    none: Amount = 0.0

    def values(self) -> tuple[float, ...]:
        """In the order of `listening.read.words.NEEDS`."""
        return msgspec.structs.astuple(self)

    def each(self, change: Callable[[float], float]) -> "ByNeed":
        """The same with every number changed."""
        changed = {name: change(one) for name, one in msgspec.structs.asdict(self).items()}
        return msgspec.structs.replace(self, **changed)


class Channel(_Part, frozen=True, kw_only=True):
    """Where people write, and where we answer them: `price` is what one post of ours costs."""

    name: Name
    share: Amount
    price: Amount = 0.0


class Surge(_Part, frozen=True, kw_only=True):
    """More mentions than usual: `mentions` are expected on top, in the shape named.

    A flood comes from one author, who needs nothing, and lasts an hour; other shapes have many.
    """

    shape: Shape
    begins_h: Hour
    mentions: Amount


class Shift(_Part, frozen=True, kw_only=True):
    """So many advisors on duty."""

    from_h: Hour
    to_h: Hour
    advisors: Annotated[int, Meta(ge=0, le=1_000)]


class Question(_Part, frozen=True, kw_only=True):
    """A question that many ask; nobody can before it begins."""

    begins_h: Hour
    weight: Amount


class Cut(_Part, frozen=True, kw_only=True):
    """A limit that changes in the middle of the day.

    `notice`: `before` the desk is told at that moment, `refusal` the platform says it when it
    refuses, `never` it only refuses.
    """

    account: Name
    limit: Name
    at_h: Hour
    cap: Count
    notice: Literal["before", "refusal", "never"] = "never"


class Client(_Part, frozen=True, kw_only=True):
    """Somebody else who posts on one of our accounts; our timeline shows it `seen_s` later."""

    account: Name
    from_h: Hour
    to_h: Hour
    posts: Count
    seen_s: Amount = 60.0


# What an answer within the hour is worth; half of it later. Scores name the one they used.
WEIGHTINGS: dict[Weighting, ByNeed] = {
    "standard": ByNeed(urgent=10, specific=3, common=1, vent=0.15, abuse=0),
    "urgent-first": ByNeed(urgent=20, specific=4, common=1, vent=0.05, abuse=0),
    "level": ByNeed(urgent=5, specific=2, common=1, vent=0.3, abuse=0),
}

# Relative mentions an hour on a weekday of a telephone company.
PROFILE = (
    *(1.6, 1.0, 0.6, 0.4, 0.4, 0.6, 1.2, 2.5, 4.2, 5.2, 5.6, 5.8),
    *(5.9, 5.7, 5.4, 5.3, 5.5, 6.0, 6.3, 6.2, 5.8, 5.2, 4.2, 2.9),
)

CHANNELS = (
    Channel(name="x", share=0.80, price=0.010),
    Channel(name="facebook", share=0.08),
    Channel(name="bluesky", share=0.025),
    Channel(name="mastodon", share=0.015),
    Channel(name="wordpress", share=0.04),
    Channel(name="phone", share=0.04),
    Channel(name="x-private", share=0.0, price=0.015),
)

# Eight questions, the n-th asked 1/n as often as the first, that appear through the day.
QUESTIONS = tuple(
    Question(begins_h=hour, weight=1 / rank)
    for rank, hour in enumerate((7.5, 7.5, 8.0, 8.5, 9.5, 11.5, 18.0, 19.0), start=1)
)


class World(_Part, frozen=True, kw_only=True):
    """One day to rehearse. The defaults are the reference world: 5,700 mentions, 80 % on X."""

    name: Name = "reference"
    # Arrivals: a usual day, and what comes on top of it.
    usual: Amount = 786.0
    profile: Annotated[tuple[Amount, ...], Meta(min_length=24, max_length=24)] = PROFILE
    surges: Annotated[tuple[Surge, ...], Meta(max_length=20)] = (
        Surge(shape="incident", begins_h=7.5, mentions=4_283.0),
        Surge(shape="news", begins_h=18.0, mentions=631.0),
    )
    surge_spread: Amount = 0.2
    minute_spread: Amount = 0.5
    channels: Annotated[tuple[Channel, ...], Meta(min_length=1, max_length=20)] = CHANNELS
    private_share: Share = 0.0
    # People: what they need, how long they wait, what it takes to answer them.
    need_share: ByNeed = ByNeed(urgent=0.04, specific=0.16, common=0.50, vent=0.25, abuse=0.05)
    patience_s: ByNeed = ByNeed(
        urgent=5_400, specific=10_800, common=14_400, vent=3_600, abuse=1_800, none=3_600
    )
    handling_s: ByNeed = ByNeed(urgent=300, specific=210, common=60, vent=45, abuse=30, none=30)
    pointer_s: Span = 20.0
    repeats_share: Share = 0.25
    repeats_after_s: Span = 2_520.0
    leaves_unseen: Share = 0.0
    # Questions and their public answers.
    questions: Annotated[tuple[Question, ...], Meta(max_length=64)] = QUESTIONS
    writing_s: Span = 720.0
    update_price: Amount = 0.200
    update_channel: Name = "x"
    sees_share: Share = 0.30
    sees_after_s: Span = 1_440.0
    deflected_share: Share = 0.15
    pointer_settles: Share = 0.95
    # How well the desk reads.
    read_right: ByNeed = ByNeed(
        urgent=0.90, specific=0.85, common=0.85, vent=0.85, abuse=0.85, none=0.85
    )
    read_wrong: ByNeed = ByNeed(urgent=0.06, specific=0.24, common=0.35, vent=0.30, abuse=0.05)
    matched_share: Share = 0.95
    mismatched_share: Share = 0.05
    # The desk and the platforms.
    shifts: Annotated[tuple[Shift, ...], Meta(max_length=200)] = (
        Shift(from_h=0, to_h=7, advisors=2),
        Shift(from_h=7, to_h=9, advisors=6),
        Shift(from_h=9, to_h=21, advisors=10),
        Shift(from_h=21, to_h=24, advisors=5),
    )
    limits: Preset | tuple[Limit, ...] = "1000/day"
    cuts: Annotated[tuple[Cut, ...], Meta(max_length=100)] = ()
    clients: Annotated[tuple[Client, ...], Meta(max_length=100)] = ()
    money_a_day: Amount | None = None
    guard_s: Annotated[float, Meta(ge=0, le=600)] = 0.0
    weighting: Weighting = "standard"

    def worth(self) -> tuple[float, ...]:
        """What an answer within the hour is worth, by need."""
        return WEIGHTINGS[self.weighting].values()

    def rules(self) -> tuple[Limit, ...]:
        """The limits at the start of the day; of a preset, those of accounts the world has."""
        if not isinstance(self.limits, str):
            return self.limits
        return tuple(rule for rule in PRESETS[self.limits] if rule.account in self.places())

    def places(self) -> dict[str, int]:
        """The index of each channel by name; a channel is an account of ours."""
        return {channel.name: place for place, channel in enumerate(self.channels)}

    def on_duty(self, at: float) -> int:
        """How many advisors work at a moment of the day."""
        hour = at / HOUR_S
        return sum(one.advisors for one in self.shifts if one.from_h <= hour < one.to_h)
