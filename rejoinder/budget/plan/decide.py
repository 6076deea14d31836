"""Whom to answer now and whom to hold, with the reason and until when. Pure."""

from dataclasses import dataclass, replace

import numpy as np

from rejoinder.budget.plan import reserve
from rejoinder.budget.plan.belief import ANSWERED, MANY, STATES
from rejoinder.budget.plan.situation import URGENT, Bools, Floats, Ints, Waiting, Window
from rejoinder.budget.plan.solve import GRID, OLDEST, Plan, cells
from rejoinder.budget.plan.ways import Ways, moved
from rejoinder.budget.plan.words import DOS, REASONS

TINY = 1e-9
LONG = 2700.0  # seconds; who waits so long is worth an answer now, if ever
STEER = 0.25  # of what a bucket spends: so far behind or ahead, a price is nothing or double
ANSWER, POINT, HOLD, PRIVATELY, BY_HAND = (
    DOS.index(word) for word in ("answer", "point", "hold", "private", "by-hand")
)
TURN, PUBLISHED, HAS_ROOM, NO_API, LIMIT, MONEY, KEPT, NEEDIER, BUSY, SETTLES, PAST, NO_REPLY = (
    REASONS.index(word)
    for word in (
        "turn",
        "answer-published",
        "private-has-room",
        "no-api",
        "limit",
        "money",
        "kept-for-urgent",
        "kept-for-needier",
        "advisors-busy",
        "update-may-settle",
        "past-the-hour",
        "no-reply-wanted",
    )
)


# Held for want of public replies.
KEPT_BACK = (LIMIT, MONEY, KEPT, NEEDIER, PAST)


@dataclass(frozen=True, slots=True)
class Decisions:
    """One row each: `do` and `reason` index DOS and REASONS; a hold is looked at again `until`."""

    do: Ints
    reason: Ints
    until: Floats

    def go(self) -> Bools:
        return np.asarray(self.do != HOLD)


def decide(
    plan: Plan,
    keep: Floats,
    waiting: Waiting,
    left: Floats,
    now: float,
    *,
    since: Floats | None = None,
    ways: Ways | None = None,
) -> Decisions:
    """What to do with everybody who waits; `ways` are those beside a public reply by a program.

    `keep` is of `kept_back`; by account, `left` are the replies that may be reserved now (inf: no
    limit) and `since` those reserved since the plan was made, which steer how fast they go.
    """
    cell, group = cells(waiting), plan.group[waiting.account]
    age = np.clip((now - waiting.came) / GRID, 0, OLDEST / GRID).astype(np.int64)
    worth = plan.table.now[group, cell, age]
    if since is not None:
        worth = worth + discount(plan, since, now)[group]
    room, broke, free = _room(ways, waiting, left)
    # Nobody needs it more than the urgent: for them no price is too high and no time better. And
    # who takes none of the room that is gone pays nothing of its price.
    calm = (waiting.need != URGENT) & ~free
    dear = calm & (worth < -TINY)
    later = plan.table.later[group, cell, age]
    # The last that is true says why.
    cases = [
        (calm & (later > worth + TINY), SETTLES),
        (dear & (later < TINY), NEEDIER),
        (dear & (now - waiting.came > plan.worth.settings.promise), PAST),
        (dear & (plan.table.plain[cell, age] < 0), BUSY),
        (calm & (room < keep[group, cell] + 1), KEPT),
        (room < 1, LIMIT),
        ((room < 1) & broke, MONEY),
        (plan.worth.settings.worth[waiting.need] <= 0, NO_REPLY),
    ]
    answered = cell % STATES == ANSWERED
    reason = np.where(answered, PUBLISHED, TURN)
    held = np.zeros(len(cell), dtype=np.bool_)
    for case, why in cases:
        reason[case] = why
        held |= case
    do = np.where(held, HOLD, np.where(answered, POINT, ANSWER))
    if ways is not None:
        do, reason = _other_ways(ways, waiting, do, reason)
        held = do == HOLD
    meant = np.where(reason == SETTLES, now + plan.table.wait[group, cell, age], plan.until)
    return Decisions(do, reason, np.where(held, meant, now))


def _room(ways: Ways | None, waiting: Waiting, left: Floats) -> tuple[Floats, Bools, Bools]:
    """For each: replies left, whether money lacks, whether only the room of programs is gone."""
    room = left[waiting.account]
    if ways is None:
        nobody = np.zeros(len(room), dtype=np.bool_)
        return room, nobody, nobody
    hand = ways.by_hand_left[waiting.account]
    free = ways.by_hand & (room < 1) & (hand >= 1)
    return np.where(ways.by_hand, hand, room), ways.broke[waiting.account] & ~ways.by_hand, free


def _other_ways(ways: Ways, waiting: Waiting, do: Ints, reason: Ints) -> tuple[Ints, Ints]:
    """By hand who may go but by no program; privately who is kept back, where there is room."""
    hand = (do != HOLD) & ways.by_hand
    privately = moved(ways, waiting, (do == HOLD) & np.isin(reason, KEPT_BACK))
    does = np.select([hand, privately], [BY_HAND, PRIVATELY], do)
    return does, np.select([hand, privately], [NO_API, HAS_ROOM], reason)


def in_the_hour(waiting: Waiting, now: float) -> Waiting:
    """The same people, those who wait long as if they came lately: for turns by age alone."""
    return replace(waiting, came=np.maximum(waiting.came, now - LONG))


def discount(plan: Plan, since: Floats, now: float) -> Floats:
    """How far the price of a reply is lowered, by group, when fewer were spent than planned.

    Prices alone let all or none of a kind go; this spreads them as the plan does.
    """
    price, planned = plan.prices.reply[:, 0], plan.prices.posts[:, 0]
    width = plan.prices.edges[1] - plan.prices.edges[0]
    spent = np.bincount(plan.group, weights=since, minlength=len(price))
    behind = planned * min(1.0, (now - plan.made) / width) - spent
    return np.asarray(price * np.clip(behind / (STEER * planned + 2), -1, 1))


def kept_back(plan: Plan, windows: list[Window], now: float) -> Floats:
    """Replies that an account must have left beside the one somebody is given: (group, cell).

    `windows` are those of the plan as they are now. Where several count a reply, the answer is in
    terms of the fullest.
    """
    kept = np.array([_kept_in(plan, number, each, now) for number, each in enumerate(windows)])
    left = np.array([each.cap - len(each.past) for each in windows])
    rows = np.zeros((len(plan.counted), MANY * STATES))
    for group, own in enumerate(map(list, plan.counted)):
        if own:
            spare = left[own] - left[own].min()
            rows[group] = (kept[own] - spare[:, None]).max(axis=0)
    return np.maximum(rows, 0)


def _kept_in(plan: Plan, number: int, window: Window, now: float) -> Floats:
    """Replies that a window keeps from people of each cell until it frees."""
    moments = reserve.spans(now, min(plan.until, _clears(window, now)))
    settings = plan.worth.settings
    share = sum(plan.urgent[group] for group, own in enumerate(plan.counted) if number in own)
    coming = share * (plan.demand.until(moments) - plan.demand.until(np.array([now])))
    worth = (plan.worth.needs @ settings.worth).ravel()
    most = float(settings.worth[URGENT])
    worth[URGENT * STATES : (URGENT + 1) * STATES] = most
    keep = reserve.kept(coming, plan.demand.spread(moments), worth, most, settings.reserve)
    return np.asarray((keep - reserve.freed(window, moments)).max(axis=1))


def _clears(window: Window, now: float) -> float:
    """When a window has forgotten all that counts now."""
    return now + window.length if window.ends is None else window.ends
