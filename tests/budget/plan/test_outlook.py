"""What the day is likely to come to, for somebody who chooses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.budget.plan.outlook import CHOICES, Outlook, lasting, outlooks, told
from rejoinder.budget.plan.situation import Shifts, Window
from tests.budget.plan.scene import (
    COMMON,
    MIDNIGHT,
    NOON,
    SPECIFIC,
    URGENT,
    VENT,
    crowd,
    day_window,
    noon,
    waiting,
)


def by_choice(*windows: Window, people: int = 400) -> dict[str, Outlook]:
    situation = noon(crowd(people), *windows)
    return {one.choice: one for one in outlooks(situation, windows[0])}


def test_in_turn_runs_out_early_and_the_plan_lasts_for_urgent_people() -> None:
    found = by_choice(day_window(300))
    assert list(found) == list(CHOICES)
    early, middle = found["in-turn"].runs_out
    assert early is not None
    assert middle is not None
    assert NOON <= early <= middle < NOON + 2 * 3600
    assert found["plan"].runs_out == (None, None)
    assert found["plan"].in_time[URGENT] > 2 * found["in-turn"].in_time[URGENT]
    assert found["plan"].in_time[VENT] < found["in-turn"].in_time[VENT]


def test_too_few_replies_for_urgent_people_end_under_the_plan_too() -> None:
    plan = by_choice(day_window(5))["plan"]
    early, middle = plan.runs_out
    assert early is not None
    assert middle is not None
    assert NOON <= early <= middle < MIDNIGHT
    assert plan.left[1][-1] < 1


def test_a_published_answer_reaches_more_people_with_no_more_replies() -> None:
    found = by_choice(day_window(300))
    plan, publish = found["plan"], found["publish"]
    assert publish.in_time.sum() > plan.in_time.sum()
    assert publish.in_time[COMMON] > plan.in_time[COMMON]
    assert publish.in_time[URGENT] == pytest.approx(plan.in_time[URGENT], rel=0.1)


def test_a_larger_reserve_leaves_more_for_urgent_people() -> None:
    situation = noon(crowd(400), day_window(300))
    more = replace(situation, settings=replace(situation.settings, reserve=3.0))
    usual, careful = (outlooks(each, each.windows[0])[1] for each in (situation, more))
    assert careful.left[1].min() >= usual.left[1].min()
    assert careful.in_time[URGENT] >= usual.in_time[URGENT] - 1e-6
    assert careful.in_time[SPECIFIC] < usual.in_time[SPECIFIC]


def test_only_what_enough_ask_is_answered_in_public() -> None:
    situation = noon(crowd(400), day_window(300))
    few = replace(situation, settings=replace(situation.settings, askers=1000))
    usual, never = (outlooks(each, each.windows[0])[2] for each in (situation, few))
    assert never.in_time[COMMON] < usual.in_time[COMMON]


def test_where_nothing_is_scarce_all_choices_last() -> None:
    for one in by_choice(day_window(50_000, cap=50_000)).values():
        assert one.runs_out == (None, None)
        # Who waited past the hour already cannot be answered in time any more.
        assert one.in_time[SPECIFIC] > 0.7 * one.people[SPECIFIC]


def test_nobody_on_duty_answers_nobody() -> None:
    situation = replace(noon(crowd(50), day_window(300)), shifts=Shifts(np.zeros(1), np.zeros(1)))
    plan = outlooks(situation, situation.windows[0])[1]
    assert plan.in_time.sum() == 0
    assert plan.left[1].tolist() == pytest.approx([300.0] * len(plan.moments), abs=1)


def test_a_fixed_window_is_whole_again_when_it_ends() -> None:
    past = np.linspace(NOON - 600, NOON - 1, 100)
    fixed = Window("three hours", (0,), 100, 10_800.0, past, ends=NOON + 3600)
    plan = by_choice(fixed)["plan"]
    assert plan.left[1][0] == 0
    assert plan.left[1][plan.moments.searchsorted(NOON + 3600)] == 100


def test_the_scarcest_limit_of_an_account_and_its_money_are_told() -> None:
    short = Window("fifteen minutes", (0,), 10, 900.0, np.array([NOON - 5]))
    wide = Window("month", (0, 1), 9_000, 30 * MIDNIGHT, np.array([NOON - 5]))
    situation = noon(waiting(), short, wide, day_window(300))
    assert [window.name for window in lasting(situation, 0)] == ["a day", "month"]
    assert [window.name for window in told(situation, 0)] == ["a day"]
    assert [window.name for window in told(situation, 1)] == ["month"]
    assert told(noon(waiting(), short), 0) == []
    purse = Window("purse", (0,), 2_000, MIDNIGHT, np.zeros(0), money=True)
    found = told(noon(waiting(), purse, wide, day_window(300)), 0)
    assert [window.name for window in found] == ["a day", "purse"]


def test_a_limit_beyond_anything_that_may_come_is_not_told() -> None:
    endless = day_window(1_000_000, cap=1_000_000)

    assert told(noon(crowd(200), endless), 0) == []
    assert told(noon(waiting(), day_window(500)), 0)


def test_what_another_limit_refuses_is_left_of_this_one() -> None:
    purse = Window("purse", (0,), 2_000, MIDNIGHT, np.zeros(0), money=True)
    day = day_window(300)
    situation = noon(crowd(400), day, purse)
    alone, both = (outlooks(situation, purse, beside)[0] for beside in ((), (day,)))
    assert alone.left[1][-1] < 1_700
    assert 1_700 <= both.left[1][-1] <= 2_000 - 300 + 1
    assert both.runs_out == (None, None)  # the day does, and its own panel says so
    assert both.in_time.sum() < alone.in_time.sum()


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 300),
    st.integers(1, 2000),
    st.floats(0, 1),
    st.floats(1800, 90_000),
    st.booleans(),
)
def test_what_is_said_adds_up(
    many: int, cap: int, share: float, length: float, fixed: bool
) -> None:
    past = np.linspace(NOON - length / 2, NOON - 1, int(cap * share))
    window = Window("any", (0,), cap, length, past, ends=NOON + length / 2 if fixed else None)
    for one in outlooks(noon(crowd(many), window), window):
        low, middle, high = one.left
        assert np.all(low <= middle + 1e-6)
        assert np.all(middle <= high + 1e-6)
        assert np.all((one.left > -1e-6) & (one.left <= cap + 1e-6))
        assert np.all(one.in_time <= one.people + 1e-6)
        assert len(one.moments) == len(middle)
