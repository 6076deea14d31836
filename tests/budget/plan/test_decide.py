"""Whom the plan lets go and whom it holds, and why."""

from dataclasses import replace

import numpy as np
import pytest

from rejoinder.budget.plan.decide import ANSWER, HOLD, POINT, Decisions, decide, kept_back
from rejoinder.budget.plan.situation import Situation, Window
from rejoinder.budget.plan.solve import solve
from rejoinder.budget.plan.words import REASONS
from tests.budget.plan.scene import (
    ABUSE,
    COMMON,
    NOON,
    SPECIFIC,
    URGENT,
    VENT,
    crowd,
    day_window,
    noon,
    waiting,
)

EVERY = waiting(
    (URGENT, 5, 0, -1, False),
    (SPECIFIC, 5, 0, -1, False),
    (COMMON, 5, 0, 1, True),
    (VENT, 5, 0, -1, False),
    (ABUSE, 5, 0, -1, False),
)


def decided(situation: Situation, left: float) -> Decisions:
    plan = solve(situation)
    named = {window.name: window for window in situation.windows}
    bound = [named[window.name] for window in plan.windows]
    keep = kept_back(plan, bound, situation.now)
    return decide(plan, keep, situation.waiting, np.array([left, np.inf]), situation.now)


def reasons(found: Decisions) -> list[str]:
    return [REASONS[reason] for reason in found.reason]


def test_with_room_for_all_everybody_but_abuse_is_answered() -> None:
    found = decided(noon(EVERY), np.inf)
    assert found.do.tolist() == [ANSWER, ANSWER, POINT, ANSWER, HOLD]
    assert reasons(found) == ["turn", "turn", "answer-published", "turn", "no-reply-wanted"]


def test_when_little_is_left_only_the_urgent_go() -> None:
    found = decided(noon(EVERY, day_window(left=40)), 40)
    assert found.do.tolist() == [ANSWER, HOLD, HOLD, HOLD, HOLD]
    assert set(reasons(found)[1:4]) <= {"kept-for-urgent", "kept-for-needier"}


def test_with_nothing_left_the_limit_holds_all() -> None:
    found = decided(noon(EVERY, day_window(left=0)), 0)
    assert (found.do == HOLD).all()
    assert reasons(found)[0] == "limit"


def test_an_account_without_limits_does_not_wait_for_another() -> None:
    free = waiting((COMMON, 20, 1, -1, False), (VENT, 5, 1, -1, False))
    assert (decided(noon(free, day_window(left=0)), 0).do == ANSWER).all()


def test_who_may_see_the_published_answer_is_held_while_replies_are_scarce() -> None:
    fresh = waiting((COMMON, 1, 0, 1, True))
    found = decided(noon(fresh, day_window(1600, 2500)), 1600)
    assert reasons(found) == ["update-may-settle"]
    assert found.until[0] > NOON


def test_every_hold_has_a_reason_and_a_time() -> None:
    people = crowd(500)
    found = decided(noon(people, day_window(left=200)), 200)
    held = found.do == HOLD
    assert held.any()
    assert not np.isin(found.reason[held], [REASONS.index("turn")]).any()
    assert (found.until[held] > NOON).all()


def test_a_short_window_keeps_for_the_urgent_of_its_own_length_only() -> None:
    short = Window("half an hour", (0,), 50, 1800.0, np.full(10, NOON - 900))
    day = day_window(left=1400, cap=2400)
    found = decided(noon(EVERY, short, day), 40)
    assert found.do[1] == ANSWER


@pytest.mark.parametrize("before", [0.2, 5.0, 900.0])
def test_a_plan_can_be_made_just_before_the_day_ends(before: float) -> None:
    ending = replace(noon(EVERY, day_window(left=40)), until=NOON + before)
    assert decided(ending, 40).do[0] == ANSWER


def test_nobody_waiting_is_no_work() -> None:
    assert len(decided(noon(waiting(), day_window(left=10)), 10).do) == 0
