"""What the day is likely to come to if one chooses so: for people, before they choose. Pure.

A coarse picture beside the plan, which decides about one person at a time: half hour by half hour
people of each need come, wait, leave, and are answered while replies and advisors last. It is drawn
once for each speed at which the surge may fade (`demand`); what they make different is the band.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from rejoinder.budget.plan.demand import forecast
from rejoinder.budget.plan.situation import (
    COMMON,
    SLICE,
    URGENT,
    Floats,
    Settings,
    Situation,
    Window,
)
from rejoinder.budget.plan.used import Used
from rejoinder.listening.read.words import NEEDS

Choice = Literal["in-turn", "plan", "publish"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9  # of the band: four days of five end inside it
RECENT = 6  # slices that tell what kind of mention comes
AGES = 3  # came in this slice, in the one before, earlier: those are past the hour
MANY = len(NEEDS)
FEW = 1e-3  # replies; less is nothing
BEYOND, QUIET = 50, 10  # times as many as may come; and that many more, who nobody foresaw
SURE = 1.64  # standard deviations that 95 of 100 days stay under


@dataclass(frozen=True, slots=True)
class Outlook:
    """One choice: `left` of the limit at each of the `moments` (low, middle, high) and when it runs
    out (early, middle; None: it lasts): a reply is refused to somebody, or to somebody in urgent
    need where the plan keeps for them. By need: `people` who wait or come, and how many of them
    are answered `in_time`.
    """

    choice: Choice
    moments: Floats
    left: Floats
    runs_out: tuple[float | None, float | None]
    people: Floats
    in_time: Floats


@dataclass(frozen=True, slots=True)
class _Course:
    """One speed of fading: what comes in each slice, by need."""

    weight: float
    coming: Floats


@dataclass(frozen=True, slots=True)
class _Played:
    left: Floats
    people: Floats
    in_time: Floats
    runs_out: float  # inf: it lasts


def outlooks(situation: Situation, window: Window, beside: Sequence[Window] = ()) -> list[Outlook]:
    """Every choice for the accounts of one limit; it and those `beside` it last a slice or longer.

    What is left is told of that limit alone; replies go only while there is room in all of them.
    """
    edges, courses = _courses(situation, window)
    limits = (window, *beside)
    return [_outlook(situation, limits, choice, edges, courses) for choice in CHOICES]


def lasting(situation: Situation, account: int) -> list[Window]:
    """The limits of an account that are a slice long or longer, the smallest part left first."""
    long = [w for w in situation.windows if account in w.accounts and w.length >= SLICE]
    return sorted(long, key=lambda w: (w.cap - len(w.past)) / max(w.cap, 1))


def told(situation: Situation, account: int) -> list[Window]:
    """The limits that whoever steers is told of: the platform's scarcest, and all money.

    A limit beyond anything that may come is no limit to anybody.
    """
    found = lasting(situation, account)
    platform = [each for each in found if not each.money and _within_reach(situation, each)]
    return [*platform[:1], *(window for window in found if window.money)]


def _within_reach(situation: Situation, window: Window) -> bool:
    arrivals, waiting = situation.arrivals, situation.waiting
    own = list(window.accounts)
    share = (arrivals.counts[:, own].sum() + 1) / (arrivals.counts.sum() + 1)
    demand = forecast(arrivals, situation.now, situation.until)
    coming = float(demand.until(np.array([situation.until]))[0]) * share
    wanted = np.isin(waiting.account, own).sum() + coming + QUIET
    return bool(window.cap - len(window.past) < BEYOND * wanted)


def _courses(situation: Situation, window: Window) -> tuple[Floats, list[_Course]]:
    demand = forecast(situation.arrivals, situation.now, situation.until)
    recent = situation.arrivals.counts[-RECENT:].sum(axis=(0, 3)) + 0.1
    share = recent[list(window.accounts)].sum(axis=0) / recent.sum()
    paths = zip(demand.weights.tolist(), demand.paths, strict=True)
    return demand.edges, [_Course(weight, np.outer(path, share)) for weight, path in paths]


def _outlook(
    situation: Situation,
    limits: Sequence[Window],
    choice: Choice,
    edges: Floats,
    courses: Sequence[_Course],
) -> Outlook:
    played = [_play(situation, limits, choice, edges, course.coming) for course in courses]
    weights = np.array([course.weight for course in courses])
    lefts = np.array([one.left for one in played])
    ends = np.array([one.runs_out for one in played])
    early, middle = (float(_quantile(ends, weights, share)) for share in (LOW, MIDDLE))
    return Outlook(
        choice=choice,
        moments=edges,
        left=np.array([_quantile(lefts, weights, share) for share in (LOW, MIDDLE, HIGH)]),
        runs_out=(early if np.isfinite(early) else None, middle if np.isfinite(middle) else None),
        people=weights @ np.array([one.people for one in played]),
        in_time=weights @ np.array([one.in_time for one in played]),
    )


def _play(
    situation: Situation,
    limits: Sequence[Window],
    choice: Choice,
    edges: Floats,
    coming: Floats,
) -> _Played:
    """One course of the day under one choice; what is left is that of the first limit."""
    habits, settings = situation.habits, situation.settings
    handling = np.maximum(habits.handling, 1.0)
    waiting = _waiting(situation, limits[0])
    people = waiting.sum(axis=1) + coming.sum(axis=0)
    in_time = np.zeros(MANY)
    if choice == "publish":
        # Who has the question of a published answer and comes upon it needs no reply.
        seeing = habits.sees * _asked(situation)
        in_time[COMMON] += seeing * coming[:, COMMON].sum()
        coming = coming.copy()
        coming[:, COMMON] *= 1 - seeing
        share = _asked(situation)
        handling = handling.copy()
        handling[COMMON] = share * habits.pointer + (1 - share) * handling[COMMON]
    used = [Used(window, situation.until) for window in limits]
    if choice == "publish":
        _add(used, situation.now, 1.0)
    left, runs_out = [used[0].left(situation.now)], np.inf
    for number, (start, end) in enumerate(pairwise(edges.tolist())):
        waiting[:, 0] += coming[number]
        ahead = min(one.ahead(start) for one in used)
        room = min(one.left(start) for one in used)
        serves = _serves(choice, settings, waiting, coming[number + 1 :], ahead)
        seconds = _on_duty(situation, start) * (end - start)
        wanted = waiting.sum(axis=1) * serves
        spread = _evenly if choice == "in-turn" else _in_order
        many = spread(wanted, handling, room, seconds)
        refused = (wanted - many)[: MANY if choice == "in-turn" else URGENT + 1]
        here = left[-1] <= room + FEW
        if here and many.sum() > room - FEW and refused.sum() > FEW:
            runs_out = min(runs_out, start)
        soon = many - _take_oldest(waiting, many)
        in_time += soon
        _add(used, start, float(many.sum()))
        waiting *= np.exp(-(end - start) / habits.patience)[:, None]
        waiting[:, 2] += waiting[:, 1]
        waiting[:, 1], waiting[:, 0] = waiting[:, 0], 0.0
        left.append(used[0].left(end))
    return _Played(np.array(left), people, in_time, runs_out)


def _waiting(situation: Situation, window: Window) -> Floats:
    """Who waits now, by need and age."""
    here = np.isin(situation.waiting.account, window.accounts)
    age = np.clip((situation.now - situation.waiting.came[here]) // SLICE, 0, AGES - 1)
    place = situation.waiting.need[here] * AGES + age.astype(np.int64)
    counts = np.bincount(place, minlength=MANY * AGES).reshape(MANY, AGES)
    return np.asarray(counts, dtype=np.float64)


def _asked(situation: Situation) -> float:
    """Of those who come with a common need, the share that asks what enough others ask."""
    common = situation.arrivals.counts[-RECENT:, :, COMMON].sum(axis=(0, 1))
    asked = situation.waiting.question[situation.waiting.question >= 0]
    _, askers = np.unique(asked, return_counts=True)
    often = askers[askers >= situation.settings.askers].sum() / max(1, askers.sum())
    return float(common[1] / max(1, common.sum()) * often)


def _serves(
    choice: Choice, settings: Settings, waiting: Floats, coming: Floats, replies: float
) -> Floats:
    """The share of each need that is answered: all in turn, or the neediest of the whole day."""
    if choice == "in-turn":
        return np.ones(MANY)
    wanted = np.where(settings.worth > 0, 1.0, 0.0)
    people = waiting.sum(axis=1) + coming.sum(axis=0)
    before = np.concatenate([[0.0], np.cumsum(people * wanted)[:-1]])
    # More urgent people may come than are expected: what is kept for them, nobody else is given.
    before[URGENT + 1 :] += settings.reserve * SURE * float(np.sqrt(coming[:, URGENT].sum()))
    share = wanted * np.clip((replies - before) / np.maximum(people, 1e-9), 0, 1)
    share[URGENT] = wanted[URGENT]  # nobody in urgent need is kept waiting for those to come
    return np.asarray(share)


def _in_order(wanted: Floats, handling: Floats, replies: float, seconds: float) -> Floats:
    """How many are answered now, the neediest first."""
    many = np.zeros(MANY)
    for need in range(MANY):
        many[need] = min(wanted[need], replies, seconds / handling[need])
        replies, seconds = replies - many[need], seconds - many[need] * handling[need]
    return many


def _evenly(wanted: Floats, handling: Floats, replies: float, seconds: float) -> Floats:
    """How many are answered now, as they came: of every need the same share."""
    people, work = float(wanted.sum()), float(wanted @ handling)
    return np.asarray(wanted * min(1.0, replies / max(people, 1e-9), seconds / max(work, 1e-9)))


def _take_oldest(waiting: Floats, many: Floats) -> Floats:
    """Take so many of each need out of those who wait; how many of them were past the hour."""
    late: Floats = np.minimum(many, waiting[:, -1])
    waiting[:, -1] -= late
    rest = many - late
    for age in reversed(range(AGES - 1)):
        taken = np.minimum(rest, waiting[:, age])
        waiting[:, age] -= taken
        rest = rest - taken
    return late


def _add(used: Sequence[Used], at: float, many: float) -> None:
    for one in used:
        one.add(at, many)


def _on_duty(situation: Situation, at: float) -> float:
    place = int(np.searchsorted(situation.shifts.at, at, side="right")) - 1
    return float(situation.shifts.advisors[max(0, place)])


def _quantile(values: Floats, weights: Floats, share: float) -> Floats:
    """The weighted quantile over the first axis; a value below which `share` of the weight lies."""
    order = np.argsort(values, axis=0, kind="stable")
    ordered = np.take_along_axis(values, order, axis=0)
    reached = np.cumsum(weights[order], axis=0) >= share * weights.sum() - 1e-12
    return np.asarray(np.take_along_axis(ordered, reached.argmax(axis=0)[None], axis=0)[0])
