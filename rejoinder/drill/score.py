"""How a day went: what answers were worth against hindsight, who got one, what it cost. Pure.

An answer counts when it is out: a reply, a pointer that settled the question, or the public answer
when somebody saw it. It is worth all within the hour and half later.
"""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rejoinder.drill.day import ASKS, Bools, Day, Floats
from rejoinder.drill.played import Played
from rejoinder.drill.world import HOUR_S, WEIGHTINGS, Weighting, World

LATE_S = 15 * HOUR_S  # “after 15:00”
FEWEST = 5  # a rate over fewer people is no rate
QUINTILES = 5


class Score(Struct, frozen=True, kw_only=True):
    """One day of one policy. Shares are null where nobody is left to take a share of.

    `answered_1h`, `urgent`, `urgent_1h` count people with a question (urgent, specific or common);
    `urgent_late_1h` is the share of urgent people who came after 15:00 and had an answer within
    the hour, `urgent_late_seen_1h` of those whom the desk read as urgent. `posts` are ours that
    were accepted, `over_limit` those that a platform refused. `phone_minus_x` is the gap in the
    share answered within the hour at equal need, by how many have it; `jain_*` is Jain's index of
    these shares, over channels and over fifths of the followers, the mean over needs by how many
    have it. `value` is in units of one common question; `values` under each published weighting.
    """

    ratio: float | None
    bound: float | None
    value: float
    values: dict[Weighting, float]
    answered_1h: int
    people: int
    urgent: int
    urgent_1h: int
    urgent_late_1h: float | None
    urgent_late_seen_1h: float | None
    posts: int
    money: float
    over_limit: int
    phone_minus_x: float | None
    jain_channels: float | None
    jain_followers: float | None


def score(world: World, day: Day, played: Played, bound: float | None) -> Score:
    """The score of a run; `bound` is the most that any policy could have reached."""
    soon = played.answered_at - day.at <= HOUR_S
    urgent, asks = day.need == 0, day.need < ASKS
    late = urgent & (day.at > LATE_S)
    ours = [post for post in played.posts if post.kind != "other"]
    values = {name: _value(day, played, name) for name in WEIGHTINGS}
    value = values[world.weighting]
    return Score(
        ratio=value / bound if bound else None,
        bound=bound,
        value=value,
        values=values,
        answered_1h=int((soon & asks).sum()),
        people=int(asks.sum()),
        urgent=int(urgent.sum()),
        urgent_1h=int((soon & urgent).sum()),
        urgent_late_1h=_share(soon, late),
        urgent_late_seen_1h=_share(soon, late & (day.seen_need == 0)),
        posts=sum(post.accepted for post in ours),
        money=round(sum(post.price for post in ours), 6),
        over_limit=sum(not post.accepted for post in ours),
        phone_minus_x=_gap(world, day, soon),
        jain_channels=_equally(day, lambda who: _rates(soon, day.channel, who)),
        jain_followers=_equally(day, lambda who: _rates(soon, _fifths(day.followers), who)),
    )


def _value(day: Day, played: Played, weighting: Weighting) -> float:
    """What all answers are worth together."""
    waited = played.answered_at - day.at
    part = np.where(waited <= HOUR_S, 1.0, np.where(np.isfinite(waited), 0.5, 0.0))
    worth = np.array(WEIGHTINGS[weighting].values())
    return float((worth[day.need] * part).sum())


def _share(soon: Bools, who: Bools) -> float | None:
    return float(soon[who].mean()) if who.any() else None


def _gap(world: World, day: Day, soon: Bools) -> float | None:
    """How much more often the phone is answered than X, at equal need."""
    places = world.places()
    if not {"phone", "x"} <= set(places):
        return None
    gaps, people = [], []
    for need in range(ASKS):
        who = day.need == need
        phone = _share(soon, who & (day.channel == places["phone"]))
        x = _share(soon, who & (day.channel == places["x"]))
        if phone is not None and x is not None:
            gaps.append(phone - x)
            people.append(who.sum())
    return float(np.average(gaps, weights=people)) if gaps else None


def _equally(day: Day, rates: Callable[[Bools], Floats]) -> float | None:
    """Jain's index of rates, the mean over needs."""
    found, people = [], []
    for need in range(ASKS):
        who = day.need == need
        shares = rates(who)
        if len(shares):
            found.append(jain(shares))
            people.append(who.sum())
    return float(np.average(found, weights=people)) if found else None


def jain(shares: Floats) -> float:
    """1 when all are equal, 1/n when one has everything; nothing for all is equal too."""
    squares = float((shares**2).sum())
    return float(shares.sum()) ** 2 / (len(shares) * squares) if squares else 1.0


def _rates(soon: Bools, group: NDArray[np.intp], who: Bools) -> Floats:
    """The share answered within the hour of each group that has enough people."""
    count = np.bincount(group[who])
    helped = np.bincount(group[who], weights=soon[who])
    enough = count >= FEWEST
    shares: Floats = helped[enough] / count[enough]
    return shares


def _fifths(followers: Floats) -> NDArray[np.intp]:
    """The fifth of all people by followers that each belongs to, the least followed first."""
    rank = np.argsort(np.argsort(followers, kind="stable"), kind="stable")
    return rank * QUINTILES // max(1, len(followers))
