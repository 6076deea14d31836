"""What a plan and a decision cost with 50,000 people waiting."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from benchmarks.table import Rows, row
from rejoinder.budget.plan.decide import HOLD, decide, kept_back
from rejoinder.budget.plan.situation import (
    SLICE,
    Arrivals,
    Shifts,
    Situation,
    Waiting,
    Window,
)
from rejoinder.budget.plan.solve import solve
from rejoinder.desk.fairness import order

MANY, ROUNDS, NOON, MIDNIGHT = 50_000, 20, 43_200.0, 86_400.0
SHARES = (0.05, 0.15, 0.5, 0.25, 0.04, 0.01)


def run() -> Rows:
    situation = _situation()
    plan = solve(situation)
    keep = kept_back(plan, list(plan.windows), NOON)
    left = np.array([400.0, np.inf, np.inf])

    def turn() -> None:
        decided = decide(plan, keep, situation.waiting, left, NOON)
        go = np.flatnonzero(decided.do != HOLD)
        order(situation.waiting.need[go], situation.waiting.came[go], NOON)

    detail = f"{MANY:,} waiting, median of {ROUNDS}"
    return [
        row("plan, ms for all decisions", 1e3 * _seconds(turn), at_most=50, detail=detail),
        row("plan, s to solve it again", _seconds(lambda: solve(situation)), at_most=1),
    ]


def _situation() -> Situation:
    """Noon on a bad day; the account that most write to has 400 replies left of its day."""
    random = np.random.default_rng(0)
    question = random.integers(-1, 8, MANY)
    waiting = Waiting(
        came=np.sort(NOON - random.uniform(0, 18_000, MANY)),
        need=random.choice(6, MANY, p=SHARES),
        account=random.choice(3, MANY, p=[0.8, 0.15, 0.05]),
        question=question,
        answered=(question >= 0) & (question < 5),
    )
    a_slice = np.where(np.arange(24) < 14, 50.0, 9_000.0)
    mix = np.outer([0.8, 0.15, 0.05], SHARES)
    came = random.poisson(a_slice[:, None, None] * mix)
    arrivals = Arrivals(0.0, np.stack([came // 2, came - came // 2], axis=3), np.full(48, 50.0))
    day = Window("a day", (0,), 1000, MIDNIGHT, np.linspace(25_000, NOON - 1, 600))
    short = Window("half an hour", (0,), 200, SLICE, np.linspace(NOON - 1700, NOON - 1, 30))
    shifts = Shifts(np.zeros(1), np.full(1, 10.0))
    return Situation(NOON, MIDNIGHT, waiting, arrivals, (day, short), shifts)


def _seconds(do: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return median(times)
