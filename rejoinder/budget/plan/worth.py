"""What an answer is worth now or later, when people leave and some see a published one. Pure.

A person stays for an exponential time whose mean depends on their need; who has the question of a
published answer may come upon it. Of somebody who waits still at some age both are judged by
Bayes' rule: who stayed long is patient, and is unlikely to be about to see the answer.
"""

from dataclasses import dataclass

import numpy as np

from rejoinder.budget.plan.belief import ANSWERED, MANY, STATES
from rejoinder.budget.plan.situation import Floats, Habits, Ints, Settings

LEAST = 2e-3  # share of a kind; a smaller one changes nothing
FOR_EVER = 1e7
SLACK = 240.0  # an answer meant to come this close to the end of the promise may come after it


@dataclass(frozen=True, slots=True)
class Offer:
    """To answer people of a kind after a delay, per person who waits now.

    `gain`: worth over never answering; `there`: share who wait still; `work`: advisor seconds.
    """

    gain: Floats
    there: Floats
    work: Floats


@dataclass(frozen=True, slots=True)
class Worth:
    """Worths for the cells (need as read × state of the question) of one day."""

    needs: Floats
    settings: Settings
    habits: Habits

    def handling(self) -> Floats:
        """Expected advisor seconds of one answer, by cell."""
        seconds = self.needs @ self.habits.handling
        seconds[:, ANSWERED] = self.habits.pointer
        return np.asarray(seconds)

    def offer(self, cell: Ints, age: Floats, delay: Floats) -> Offer:
        """Cells and ages of kinds of people (n), delays (n, m) → arrays (n, m)."""
        read, state = cell // STATES, cell % STATES
        work = self.handling()[read, state][:, None]
        seeing = np.where(state == ANSWERED, self.habits.sees, 0.0)
        kinds = self._kinds(self.needs[read, state], seeing, age)
        gain, there = np.zeros(delay.shape), np.zeros(delay.shape)
        for need, sees in np.ndindex(MANY, 2):
            some = np.flatnonzero(kinds[:, need, sees] > LEAST)
            if not len(some):
                continue
            part, old = kinds[some, need, sees][:, None], age[some, None]
            stays, seen = self._course(need, sees, old, delay[some])
            answered = self._value(need, old + delay[some] + work[some])
            never = self._course(need, sees, old, np.full_like(old, FOR_EVER))[1]
            gain[some] += part * (stays * answered + seen - never)
            there[some] += part * stays
        return Offer(gain, there, there * work)

    def _kinds(self, needs: Floats, seeing: Floats, age: Floats) -> Floats:
        """Shares (n, need, will see the answer) of those who wait still at their age."""
        stayed = needs * np.exp(-age[:, None] / self.habits.patience)
        blind = np.repeat((1 - seeing)[:, None], MANY, axis=1)
        sighted = seeing * np.exp(-age / self.habits.sees_after)
        both = np.stack([stayed * blind, stayed * sighted[:, None]], axis=2)
        return np.asarray(both / both.sum(axis=(1, 2), keepdims=True))

    def _course(self, need: int, sees: int, age: Floats, delay: Floats) -> tuple[Floats, Floats]:
        """Share still there after the delay, and worth of what they saw themselves."""
        leave = 1 / self.habits.patience[need]
        see = sees / self.habits.sees_after
        stays = np.exp(-delay * (leave + see))
        if not sees:
            return stays, np.zeros_like(stays)
        early = np.clip(self.settings.promise - age, 0, delay)
        seen_early = -np.expm1(-early * (leave + see))
        seen = seen_early + self.settings.late * (1 - stays - seen_early)
        return stays, self.settings.worth[need] * see / (leave + see) * seen

    def _value(self, need: int, age: Floats) -> Floats:
        late = age > self.settings.promise - SLACK
        return np.asarray(self.settings.worth[need] * np.where(late, self.settings.late, 1.0))
