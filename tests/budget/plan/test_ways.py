"""Ways beside a public reply by a program: who is moved there, and that nobody loses by it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.budget.plan.decide import (
    BY_HAND,
    HAS_ROOM,
    HOLD,
    LIMIT,
    MONEY,
    NO_API,
    PRIVATELY,
    decide,
    kept_back,
)
from rejoinder.budget.plan.solve import Plan, solve
from rejoinder.budget.plan.ways import OWN, Ways
from tests.budget.plan.scene import NOON, SPECIFIC, URGENT, crowd, day_window, noon, waiting

PEOPLE = crowd(60)
SITUATION = noon(PEOPLE, day_window(20))
PLAN: Plan = solve(SITUATION)
KEEP = kept_back(PLAN, list(PLAN.windows), NOON)


def offered(private: bool, by_hand: bool, room: float, *, broke: bool = False, many: int) -> Ways:
    return Ways(
        private=np.full(many, private),
        by_hand=np.full(many, by_hand),
        private_left=np.full(2, room),
        by_hand_left=np.full(2, room),
        broke=np.full(2, broke),
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_ways_let_more_people_go_and_change_no_other_decision(
    left: int, room: int, by_hand: bool
) -> None:
    here = np.array([float(left), np.inf])
    plain = decide(PLAN, KEEP, PEOPLE, here, NOON)
    ways = offered(not by_hand, by_hand, float(room), many=60)
    moved = decide(PLAN, KEEP, PEOPLE, here, NOON, ways=ways)
    if not by_hand:
        went = moved.do == PRIVATELY
        assert (plain.do[went] == HOLD).all()
        assert (moved.reason[went] == HAS_ROOM).all()
        assert np.isin(PEOPLE.need[went], OWN).all()
        assert all((went & (PEOPLE.account == account)).sum() <= room for account in (0, 1))
        assert (moved.do[~went] == plain.do[~went]).all()
        assert (moved.reason[~went] == plain.reason[~went]).all()
    else:
        assert (moved.do[moved.do != HOLD] == BY_HAND).all()
        assert (moved.reason[moved.do != HOLD] == NO_API).all()


def test_the_neediest_then_the_first_have_the_private_room() -> None:
    people = waiting(
        (SPECIFIC, 50, 0, -1, False), (SPECIFIC, 55, 0, -1, False), (URGENT, 1, 0, -1, False)
    )
    none = np.array([0.0, np.inf])
    decided = decide(PLAN, KEEP, people, none, NOON, ways=offered(True, False, 2, many=3))
    assert decided.do.tolist() == [HOLD, PRIVATELY, PRIVATELY]
    assert decided.until[1] == NOON


def test_money_that_is_spent_is_said_so() -> None:
    people = waiting((SPECIFIC, 5, 0, -1, False))
    none = np.array([0.0, np.inf])
    for broke, why in ((True, MONEY), (False, LIMIT)):
        ways = offered(False, False, 0, broke=broke, many=1)
        assert decide(PLAN, KEEP, people, none, NOON, ways=ways).reason.tolist() == [why]
