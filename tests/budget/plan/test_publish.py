"""When a public answer is proposed."""

import numpy as np

from rejoinder.budget.plan.publish import proposals
from rejoinder.budget.plan.solve import Plan, solve
from tests.budget.plan.scene import NOON, crowd, day_window, noon


def proposed(plan: Plan, asked: int, minutes: float = 20, *, out: bool = False) -> bool:
    first = np.array([NOON - 60 * minutes])
    return bool(proposals(plan, np.array([asked]), first, np.array([out]), NOON)[0])


PLENTY = solve(noon(crowd(50)))
SCARCE = solve(noon(crowd(300), day_window(left=300)))


def test_after_ten_askers_it_is_proposed_even_when_there_is_plenty() -> None:
    assert proposed(PLENTY, 10)
    assert not proposed(PLENTY, 4)


def test_when_replies_are_scarce_it_is_proposed_sooner() -> None:
    assert proposed(SCARCE, 7, minutes=10)


def test_two_who_ask_the_same_may_be_chance() -> None:
    assert not proposed(SCARCE, 2, minutes=1)


def test_what_is_published_is_not_proposed_again() -> None:
    assert not proposed(PLENTY, 500, out=True)
