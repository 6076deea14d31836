"""No reason is written down that the reference does not say in words."""

import pytest
from msgspec.structs import replace

from rejoinder.budget.plan import words
from rejoinder.drill import policies
from rejoinder.drill.day import draw
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.reasons import REASONS
from rejoinder.drill.run import run
from rejoinder.drill.world import Cut
from tests.drill.test_run import SMALL


def test_every_reason_of_the_plan_and_of_the_policies_is_in_words() -> None:
    named = {policies.NEXT, policies.FIRST_COME, policies.MOST_FOLLOWED, policies.MANY_ASK}
    named |= {policies.ANSWER_IS_OUT, policies.ASKED_AGAIN, policies.NO_ROOM, policies.ABUSE}
    assert named | {policies.PACED} | set(words.REASONS) <= set(REASONS)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_reason_of_a_day_is_in_words(policy: str) -> None:
    cut = Cut(account="x", limit="a day", at_h=14, cap=20)
    world = replace(SMALL, cuts=(cut,))
    record = run(world, draw(world, 1), POLICIES[policy]())
    assert {one.reason for one in record.decisions} <= set(REASONS)
