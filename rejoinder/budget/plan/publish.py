"""Which answers are worth publishing now. Pure.

After `askers` people have asked, publishing is always proposed. Where replies are scarce it may be
worth it sooner: who asks later may find the answer before they ask, or come upon it while they
wait. How many will still ask is told by how fast they asked so far (a gamma prior on that rate).
"""

import numpy as np

from rejoinder.budget.plan.belief import ANSWERED, ASKED, STATES
from rejoinder.budget.plan.situation import COMMON, Bools, Floats, Ints
from rejoinder.budget.plan.solve import Plan

FEWEST = 3  # two people who ask the same may be chance
BEFORE = 1.0, 3600.0  # the rate before anybody asked: this many in so many seconds
CARE = 2.0  # answers to common questions: a public answer is checked before it is out
SURE = 0.5  # of what is expected: some will find another answer, or none


def proposals(plan: Plan, asked: Ints, first: Floats, published: Bools, now: float) -> Bools:
    """By question: how many asked, when the first did, whether an answer is published."""
    enough = asked >= plan.worth.settings.askers
    sooner = (asked >= FEWEST) & (_saved(plan, asked, first, now) > _cost(plan))
    return np.asarray(~published & (enough | sooner))


def _saved(plan: Plan, asked: Ints, first: Floats, now: float) -> Floats:
    """Worth that publishing adds for those who are still to ask."""
    many, seconds = BEFORE
    rate = (asked + many) / (np.maximum(now - first, 0) + seconds)
    return np.asarray(SURE * rate * _lasting(plan, now) * _for_each(plan))


def _lasting(plan: Plan, now: float) -> float:
    """Seconds for which people would have to go on asking as now to be as many as are expected."""
    soon, all_ = plan.demand.until(np.array([now + 1800.0, plan.until]))
    return float(all_ / max(soon, 1e-9) * 1800.0)


def _for_each(plan: Plan) -> float:
    """Worth net of prices that one more asker has with the answer out, over without it."""
    habits, common = plan.worth.habits, float(plan.worth.settings.worth[COMMON])
    best = np.maximum(np.maximum(plan.table.now, plan.table.later)[:, :, 0], 0)
    without, served = plan.share @ best[:, [COMMON * STATES + ASKED, COMMON * STATES + ANSWERED]]
    found = served + habits.sees * common
    return float(habits.deflects * common + (1 - habits.deflects) * found - without)


def _cost(plan: Plan) -> float:
    """One post and the time to write it at today's prices, and the care it takes at any."""
    dearest = float(plan.prices.reply[:, 0].max(initial=0))
    return CARE + dearest + float(plan.prices.second[0]) * plan.worth.habits.publishing
