"""Whose turn it is does not depend on what a channel is called (invariant I2)."""

import numpy as np

from rejoinder.budget.plan.decide import HOLD, decide, kept_back
from rejoinder.budget.plan.situation import Arrivals, Ints, Situation, Waiting, Window
from rejoinder.budget.plan.solve import solve
from rejoinder.desk.fairness import order
from tests.budget.plan.scene import NOON, USUAL, crowd, day_window, noon

QUEUES, PLANS, ACCOUNTS = 1000, 10, 5
ROOMY = Window("ten minutes", (1,), 100_000, 600.0, np.zeros(0))


def relabelled(situation: Situation, label: Ints) -> Situation:
    """The same situation with other numbers for the accounts; 0 keeps its limit and its number."""
    waiting, came = situation.waiting, situation.arrivals
    return Situation(
        now=situation.now,
        until=situation.until,
        waiting=Waiting(
            waiting.came,
            waiting.need,
            label[waiting.account],
            waiting.question,
            waiting.answered,
        ),
        arrivals=Arrivals(came.start, came.counts[:, np.argsort(label)], came.usual),
        windows=situation.windows,
        shifts=situation.shifts,
    )


def situation(seed: int) -> Situation:
    random = np.random.default_rng(seed)
    mix = np.outer([0.8, 0.08, 0.04, 0.04, 0.04], [0.05, 0.15, 0.5, 0.25, 0.05, 0])
    mean = np.where(np.arange(24) < 15, 15.0, 170.0)[:, None, None] * mix
    counts = np.stack([random.poisson(mean), random.poisson(mean / 4)], axis=3)
    room = noon(crowd(60, seed, ACCOUNTS), day_window(int(random.integers(0, 900))), ROOMY)
    return Situation(
        now=room.now,
        until=room.until,
        waiting=room.waiting,
        arrivals=Arrivals(0.0, counts, USUAL),
        windows=room.windows,
        shifts=room.shifts,
    )


def schedules(one: Situation, crowds: list[Waiting]) -> list[bytes]:
    """The turns of each crowd with the plan of one situation, as bytes."""
    plan = solve(one)
    bound = [window for window in one.windows if window.name in {w.name for w in plan.windows}]
    keep = kept_back(plan, bound, NOON)
    left = np.full(ACCOUNTS, np.inf)
    left[0] = one.windows[0].cap - len(one.windows[0].past)
    found = []
    for people in crowds:
        decided = decide(plan, keep, people, left, NOON)
        go = np.flatnonzero(decided.do != HOLD)
        turns = go[order(people.need[go], people.came[go], NOON)]
        found.append(turns.tobytes() + decided.do.tobytes() + decided.reason.tobytes())
    return found


def test_labels_of_accounts_without_a_binding_limit_change_no_turn() -> None:
    for number in range(PLANS):
        one = situation(number)
        label = np.append(0, 1 + np.random.default_rng(number).permutation(ACCOUNTS - 1))
        crowds = [crowd(60, 100 * number + n, ACCOUNTS) for n in range(QUEUES // PLANS)]
        others = [
            Waiting(each.came, each.need, label[each.account], each.question, each.answered)
            for each in crowds
        ]
        assert schedules(one, crowds) == schedules(relabelled(one, label), others)
