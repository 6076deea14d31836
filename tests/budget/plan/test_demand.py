"""How many are expected still, and how sure that is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.budget.plan.demand import forecast
from rejoinder.budget.plan.situation import Floats
from tests.budget.plan.scene import MIDNIGHT, NOON, SLICES, USUAL, surge

END = np.array([MIDNIGHT])
CALM = np.full(SLICES, 15.0)


def expected(came: Floats) -> float:
    return float(forecast(surge(came), NOON, MIDNIGHT).until(END)[0])


def risen(*last: float) -> Floats:
    return np.concatenate([np.full(SLICES - len(last), 15.0), last])


def test_a_usual_day_goes_on_as_usual() -> None:
    assert expected(CALM) == pytest.approx(USUAL[SLICES:].sum(), rel=0.05)


def test_a_surge_leaves_more_than_usual() -> None:
    assert expected(risen(200, 180, 170, 160)) > 3 * USUAL[SLICES:].sum()


def test_a_surge_that_fades_fast_leaves_less_than_one_that_stays() -> None:
    fading, staying = risen(220, 170, 130, 100), risen(155, 155, 155, 155)
    assert expected(fading) < expected(staying)


def test_a_surge_that_still_rises_is_expected_to_grow() -> None:
    assert expected(risen(15, 15, 40, 160)) > expected(risen(15, 15, 100, 100))


def test_the_band_is_wider_while_the_fading_is_unknown() -> None:
    calm = forecast(surge(CALM), NOON, MIDNIGHT).spread(END)
    bad = forecast(surge(risen(15, 15, 200, 200)), NOON, MIDNIGHT).spread(END)
    assert bad[0] > 2 * calm[0]


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=SLICES))
def test_expectations_grow_with_time_and_are_finite(last: list[int]) -> None:
    demand = forecast(surge(risen(*map(float, last))), NOON, MIDNIGHT)
    moments = np.linspace(NOON, MIDNIGHT, 30)
    assert (np.diff(demand.until(moments)) >= 0).all()
    assert np.isfinite(demand.spread(moments)).all()
    assert demand.weights.sum() == pytest.approx(1)
