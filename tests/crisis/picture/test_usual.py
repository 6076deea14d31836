"""What is usual at these hours, and how far counts scatter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rejoinder.crisis.picture.usual import Ints, usual

WEEKS = arrays.arrays(
    np.int64, st.tuples(st.integers(2, 8), st.integers(1, 20)), elements=st.integers(0, 5000)
)


@given(WEEKS)
def test_the_band_holds_the_mean_or_lies_at_nothing(weeks: Ints) -> None:
    found = usual(weeks)
    assert found is not None
    assert (found.low <= np.ceil(found.mean)).all()
    assert (found.high >= 0).all()
    assert (found.low <= found.high).all()
    assert np.isfinite(found.high).all()


@given(WEEKS)
def test_the_order_of_the_weeks_says_nothing(weeks: Ints) -> None:
    one, other = usual(weeks), usual(weeks[::-1])
    assert one is not None
    assert other is not None
    assert one.mean == pytest.approx(other.mean)
    assert one.high == pytest.approx(other.high)


@pytest.mark.parametrize("spread", [0.02, 0.3])
def test_19_of_20_bins_of_another_week_lie_inside(spread: float) -> None:
    rng = np.random.default_rng(7)
    level = 20 + 15 * np.sin(np.arange(400) / 20)
    size = 1 / spread
    drawn = rng.negative_binomial(size, size / (size + level), (9, 400))
    found = usual(drawn[:8])
    assert found is not None
    inside = (drawn[8] >= found.low) & (drawn[8] <= found.high)
    assert 0.92 <= inside.mean() <= 0.99


def test_one_week_says_nothing() -> None:
    assert usual(np.zeros((1, 5), dtype=np.int64)) is None
    assert usual(np.zeros((0, 5), dtype=np.int64)) is None
