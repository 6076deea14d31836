"""Several crises at once ask for the most careful of everything."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.policy import Policy, Tone, strictest

POLICIES = st.builds(
    Policy,
    reserve=st.floats(0, 3),
    askers=st.integers(2, 1000),
    tone=st.sampled_from(list(Tone)),
)


def severity(tone: Tone) -> int:
    return list(Tone).index(tone)


@given(st.lists(POLICIES, min_size=1, max_size=5), st.randoms())
def test_it_asks_no_less_than_any_of_them_in_any_order(policies: list[Policy], rnd: object) -> None:
    both = strictest(policies)
    assert both is not None
    assert both == strictest(policies[::-1])
    assert both.possible
    for each in policies:
        assert both.reserve >= each.reserve
        assert both.askers <= each.askers
        assert severity(both.tone) >= severity(each.tone)


@given(POLICIES)
def test_of_one_it_is_that_one(policy: Policy) -> None:
    assert strictest([policy]) == policy
    assert strictest([]) is None


def test_what_no_plan_can_work_with() -> None:
    wrong = [
        Policy(reserve=-0.1),
        Policy(reserve=3.1),
        Policy(reserve=float("nan")),
        Policy(askers=1),
        Policy(askers=1001),
    ]
    assert not any(policy.possible for policy in wrong)
