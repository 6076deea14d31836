"""What the charts of a report show: numbers through one day. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.limits import Limit
from rejoinder.drill.report.outcome import Bools, Floats, Ints, Outcome, outcome
from rejoinder.drill.result import Result
from rejoinder.drill.world import DAY_S, HOUR_S

STEP_S = 600.0
ALL_BUT_S = 900.0
MOMENTS = np.arange(0.0, DAY_S + 1, STEP_S)
HOURS = 24
ASKS = 3
FEWEST = 5  # people: a share of fewer is no share
FIFTHS = ("Least followed", "Second fifth", "Third fifth", "Fourth fifth", "Most followed")


@dataclass(frozen=True, slots=True)
class Spent:
    """The posts that count against a limit at MOMENTS, and when it was first used up: None where
    it lasted, or all but did."""

    limit: Limit
    used: Floats
    gone_at: float | None

    @property
    def most(self) -> float:
        return float(self.used.max())


@dataclass(frozen=True, slots=True)
class Shares:
    """Of people with the same needs, how many had an answer within the hour, group by group."""

    names: tuple[str, ...]
    people: Ints
    soon: Floats


@dataclass(frozen=True, slots=True)
class Measures:
    """One run. `waiting` is people by need and MOMENTS; `came` and `helped` urgent people by the
    hour in which they came, and those of them answered within the hour."""

    run: Result
    spent: Spent | None
    waiting: Floats
    came: Ints
    helped: Ints
    channels: Shares
    fifths: Shares


def measures(run: Result) -> Measures:
    """Everything that is shown of a run."""
    found = outcome(run)
    urgent = found.need == 0
    return Measures(
        run=run,
        spent=_spent(run),
        waiting=np.stack([_waiting(found, found.need == need) for need in range(ASKS)]),
        came=_by_hour(found, urgent),
        helped=_by_hour(found, urgent & found.soon),
        channels=_shares(tuple(one.name for one in run.world.channels), found.channel, found),
        fifths=_shares(FIFTHS, _fifths(found.followers), found),
    )


def _spent(run: Result) -> Spent | None:
    """The longest limit of the account on which most is posted."""
    posted = [one.account for one in run.posts if one.accepted]
    of = {rule.account for rule in run.limits}
    if not of:
        return None
    account = max(sorted(of), key=posted.count)
    limit = max((one for one in run.limits if one.account == account), key=lambda one: one.window_s)
    posts = [one for one in run.posts if one.account == account and one.accepted]
    at = np.repeat([one.at for one in posts], [one.cost for one in posts])
    full = at[_counted(limit, at, at) >= limit.cap]
    gone_at = float(full[0]) if len(full) and full[0] < DAY_S - ALL_BUT_S else None
    return Spent(limit, _counted(limit, at, MOMENTS).astype(float), gone_at)


def _counted(limit: Limit, posts: Floats, moments: Floats) -> Ints:
    length = limit.window_s
    since = moments // length * length if limit.alignment == "fixed" else moments - length
    return np.searchsorted(posts, moments, side="right") - np.searchsorted(posts, since)


def _waiting(found: Outcome, who: Bools) -> Floats:
    came = np.searchsorted(np.sort(found.at[who]), MOMENTS, side="right")
    ended = np.searchsorted(np.sort(found.until[who]), MOMENTS, side="right")
    return (came - ended).astype(float)


def _by_hour(found: Outcome, who: Bools) -> Ints:
    hours: Ints = np.bincount((found.at[who] // HOUR_S).astype(np.intp), minlength=HOURS)
    return hours


def _shares(names: tuple[str, ...], group: Ints, found: Outcome) -> Shares:
    """Each need counts as much in every group as it does in the whole day."""
    asks = found.need < ASKS
    people = np.bincount(group[asks], minlength=len(names))
    parts, weights = np.zeros((ASKS, len(names))), np.zeros((ASKS, len(names)))
    for need in range(ASKS):
        who = found.need == need
        count = np.bincount(group[who], minlength=len(names))
        soon = np.bincount(group[who], weights=found.soon[who], minlength=len(names))
        parts[need] = np.divide(soon, count, out=np.zeros(len(names)), where=count > 0)
        weights[need] = np.where(count > 0, who.sum(), 0)
    total = weights.sum(axis=0)
    share = np.divide(
        (parts * weights).sum(axis=0), total, out=np.zeros(len(names)), where=total > 0
    )
    kept = people >= FEWEST
    chosen = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    return Shares(chosen, people[kept], share[kept])


def _fifths(followers: Floats) -> Ints:
    rank: NDArray[np.intp] = np.argsort(np.argsort(followers, kind="stable"), kind="stable")
    return rank * len(FIFTHS) // max(1, len(followers))
