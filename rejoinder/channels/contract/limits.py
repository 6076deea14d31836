"""What a platform lets us do, how long a text is there, and what it told of either. Pure."""

from datetime import datetime
from typing import Literal

import msgspec

Alignment = Literal["sliding", "fixed"]
Scope = Literal["account", "app", "conversation"]
PRIVATE = "private"  # the kind of a reply that only its reader sees
BY_HAND = "by hand"  # the kind of a reply that a person sends on the platform's own page
MONEY = frozenset({"dollars", "euros", "pounds"})  # units that are money
EDIT, DELETE = "edit", "delete"  # the kinds of what is done to a reply that stands
HIDE = "hide"  # the kind of hiding what somebody wrote, and of showing it again
PUBLICATION = "publication"  # the kind of a publication with all that it takes, its pin too


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """At most `cap` of `unit` in `window` seconds.

    A *sliding* window holds at any moment; a *fixed* one starts anew at multiples of its length
    since the Unix epoch, moved on by `offset` seconds. `cost` is what one reply takes, `costs` what
    kinds of it take that differ (`Channel.kind_of`, PRIVATE, BY_HAND, EDIT, DELETE, HIDE): a price
    is such a cost, and a limit of private replies alone costs 0 and has a cost for that kind.
    Limits of one `scope` and `unit` share their totals and so count the same kinds.
    A publication costs what PUBLICATION does, else what its words make it as a reply.
    `scope` "app" is shared by the accounts of a channel, "conversation" holds in each of them.
    `all_clients` False counts only what this desk sends. What is not `published` is an estimate.
    From `valid_from` on it takes the place of one of the same name, until `valid_to`.
    """

    name: str
    cap: float
    window: float
    unit: str = "posts"
    cost: float = 1
    costs: dict[str, float] = {}
    alignment: Alignment = "sliding"
    offset: float = 0
    scope: Scope = "account"
    all_clients: bool = True
    published: bool = True
    valid_from: datetime | None = None
    valid_to: datetime | None = None


class Count(msgspec.Struct, frozen=True):
    """How long a text is as the platform counts, for the rule nearest its end."""

    used: int
    allowed: int
    ok: bool


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform told of one of our limits with an answer; None is what it did not tell.

    `name` is that of a limit the channel declares, `window` its length in seconds: which of them
    are told says which limit is meant. `limit` and `remaining` are in the limit's unit, after this
    call was counted; `share_used` (0 to 1) stands for both where a platform gives percentages.
    """

    name: str = ""
    window: float | None = None
    limit: float | None = None
    remaining: float | None = None
    share_used: float | None = None
    resets_at: datetime | None = None
