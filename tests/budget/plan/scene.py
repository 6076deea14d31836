"""Situations to plan for: a desk at noon on a bad day, as hand-made as needed."""

from dataclasses import replace

import numpy as np

from rejoinder.budget.plan.situation import (
    SLICE,
    Arrivals,
    Floats,
    Shifts,
    Situation,
    Waiting,
    Window,
)
from rejoinder.listening.read.words import NEEDS

NOON, MIDNIGHT = 43_200.0, 86_400.0
URGENT, SPECIFIC, COMMON, VENT, ABUSE = range(5)
SLICES = int(NOON / SLICE)
USUAL = np.full(int(MIDNIGHT / SLICE), 15.0)


def waiting(*people: tuple[int, float, int, int, bool]) -> Waiting:
    """(need, minutes waited, account, question, answered) of each."""
    need, minutes, account, question, answered = (
        zip(*people, strict=True) if people else ((), (), (), (), ())
    )
    return Waiting(
        came=NOON - 60.0 * np.array(minutes, dtype=float),
        need=np.array(need, dtype=np.int64),
        account=np.array(account, dtype=np.int64),
        question=np.array(question, dtype=np.int64),
        answered=np.array(answered, dtype=np.bool_),
    )


def crowd(many: int, seed: int = 0, accounts: int = 2) -> Waiting:
    """People of all kinds who came over four hours."""
    random = np.random.default_rng(seed)
    question = random.integers(-1, 3, many)
    return Waiting(
        came=np.sort(NOON - random.uniform(0, 14_400, many)),
        need=random.choice(6, many, p=[0.05, 0.15, 0.5, 0.25, 0.04, 0.01]),
        account=random.integers(0, accounts, many),
        question=question,
        answered=(question >= 0) & (question < 2),
    )


def day_window(left: int, cap: int = 1000) -> Window:
    """A sliding day on account 0 with so much left, the rest spent this morning."""
    return Window("a day", (0,), cap, MIDNIGHT, np.linspace(25_000, NOON - 1, cap - left))


def surge(a_slice: Floats) -> Arrivals:
    """So many came in each half hour since midnight, four of five on account 0."""
    mix = np.outer([0.8, 0.2], [0.05, 0.15, 0.5, 0.25, 0.05, 0])
    counts = np.rint(a_slice[:, None, None] * mix).astype(np.int64)
    both = np.stack([counts, np.zeros_like(counts)], axis=3)
    both[:, :, COMMON, 1] = both[:, :, COMMON, 0]
    both[:, :, COMMON, 0] = 0
    return Arrivals(0.0, both, USUAL)


def noon(people: Waiting, *windows: Window, came: Floats | None = None) -> Situation:
    """Ten advisors at noon after a surge since half past seven."""
    risen = np.r_[np.full(15, 15.0), 150, 200, 220, 200, 190, 180, 170, 160, 150]
    return Situation(
        now=NOON,
        until=MIDNIGHT,
        waiting=people,
        arrivals=surge(risen if came is None else came),
        windows=windows,
        shifts=Shifts(np.zeros(1), np.full(1, 10.0)),
    )


def needs(people: Waiting) -> list[str]:
    return [NEEDS[need] for need in people.need]


def later(situation: Situation, seconds: float) -> Situation:
    return replace(situation, now=situation.now + seconds)
