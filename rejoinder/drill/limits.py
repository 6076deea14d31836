"""The limits of a drilled day, and the sets of them that have a name. Pure.

Sources: docs/reference/channels.md for what channels declare; the X limits of today are 100 in 15
minutes, and 2,400 a day in slices of half an hour whose size is not published (equal slices are the
careful reading). Twitter allowed 1,000 a day in January 2012, with slices of unpublished size: 200
in half an hour is assumed.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Preset = Literal["1000/day", "2026", "300/day", "o2-2012", "none"]
DAY, HALF_HOUR, QUARTER = 86_400, 1_800, 900


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """At most `cap` posts of an account in `window_s` seconds.

    A *sliding* window holds at any moment; a *fixed* one starts anew at multiples of its length
    from the world's start.
    """

    account: Annotated[str, Meta(min_length=1, max_length=40)]
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    cap: Annotated[int, Meta(ge=0, le=1_000_000)]
    window_s: Annotated[float, Meta(gt=0, le=864_000)]
    alignment: Literal["sliding", "fixed"] = "sliding"


_OTHERS = (
    Limit("facebook", "in ten minutes", 600, 600),
    Limit("bluesky", "an hour", 1_666, 3_600),
    Limit("bluesky", "a day", 11_666, DAY),
    Limit("mastodon", "in three hours", 300, 10_800, "fixed"),
    Limit("x-private", "a day", 500, DAY),
)

PRESETS: dict[Preset, tuple[Limit, ...]] = {
    "1000/day": (Limit("x", "a day", 1_000, DAY), *_OTHERS),
    "2026": (
        Limit("x", "in 15 minutes", 100, QUARTER),
        Limit("x", "in half an hour", 50, HALF_HOUR),
        Limit("x", "a day", 2_400, DAY),
        *_OTHERS,
    ),
    "300/day": (Limit("x", "a day", 300, DAY), *_OTHERS),
    "o2-2012": (
        Limit("x", "in half an hour", 200, HALF_HOUR),
        Limit("x", "a day", 1_000, DAY),
        Limit("facebook", "in ten minutes", 600, 600),
        Limit("x-private", "a day", 250, DAY),
    ),
    "none": (),
}
