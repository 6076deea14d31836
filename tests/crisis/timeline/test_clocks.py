"""Where a promise stands."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.timeline.clocks import SOON, Standing, broken, standing
from tests.conftest import MONDAY

MOMENTS = st.integers(-100_000, 100_000).map(lambda s: MONDAY + timedelta(seconds=s))


@given(due=MOMENTS, kept=st.none() | MOMENTS, now=MOMENTS)
def test_what_is_kept_late_was_broken_and_what_is_kept_in_time_never_is(
    due: datetime, kept: datetime | None, now: datetime
) -> None:
    came_late = (kept or now) > due
    assert broken(due, kept, now) == came_late
    assert (standing(due, kept, now) in (Standing.KEPT, Standing.KEPT_LATE)) == bool(kept)


@given(due=MOMENTS, now=MOMENTS, later=st.integers(0, 10_000))
def test_time_alone_only_makes_an_open_promise_worse(
    due: datetime, now: datetime, later: int
) -> None:
    order = [Standing.OPEN, Standing.SOON, Standing.LATE]
    then = now + timedelta(seconds=later)
    assert order.index(standing(due, None, now)) <= order.index(standing(due, None, then))


def test_the_edges() -> None:
    assert standing(MONDAY, None, MONDAY) is Standing.SOON
    assert standing(MONDAY, None, MONDAY - SOON) is Standing.SOON
    assert standing(MONDAY, None, MONDAY - SOON - timedelta(seconds=1)) is Standing.OPEN
    assert standing(MONDAY, None, MONDAY + timedelta(microseconds=1)) is Standing.LATE
    assert standing(MONDAY, MONDAY, MONDAY) is Standing.KEPT
