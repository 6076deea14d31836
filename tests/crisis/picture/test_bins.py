"""Bins begin with the clock and hold what is looked at."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.picture.bins import BEFORE, MOST, WIDTHS, bins, floor
from tests.conftest import MONDAY

BEGAN = st.integers(0, 10**7).map(lambda s: MONDAY + timedelta(seconds=s))
LASTED = st.integers(0, 40 * 86_400).map(lambda s: timedelta(seconds=s))


@given(BEGAN, LASTED)
def test_they_reach_from_before_it_began_to_the_last_that_is_over(
    began: datetime, lasted: timedelta
) -> None:
    found = bins(began, began + lasted)
    assert found.begins <= began - BEFORE < found.begins + found.width
    assert found.ends <= began + lasted < found.ends + found.width
    assert found.begins.timestamp() % found.width.total_seconds() == 0
    assert found.many <= MOST or found.width == WIDTHS[-1]


@given(BEGAN, LASTED)
def test_no_narrower_width_would_do(began: datetime, lasted: timedelta) -> None:
    found = bins(began, began + lasted)
    narrower = [width for width in WIDTHS if width < found.width]
    assert all((BEFORE + lasted) / width >= MOST for width in narrower)


@given(BEGAN, st.sampled_from(WIDTHS))
def test_places_and_starts_agree(at: datetime, width: timedelta) -> None:
    found = bins(MONDAY, MONDAY + timedelta(days=3))
    assert found.place(found.start(5)) == 5
    assert floor(at, width) <= at < floor(at, width) + width
