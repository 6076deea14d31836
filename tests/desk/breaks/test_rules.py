"""Three abusive conversations in an hour, and the next goes to somebody else."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.breaks.rules import MANY, WITHIN, spared_until

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
times = st.lists(st.integers(0, 180).map(lambda minutes: NOW - timedelta(minutes=minutes)))


@given(times)
def test_nobody_bears_more_than_so_many_in_an_hour(taken: list[datetime]) -> None:
    until = spared_until(taken, NOW)
    lately = [at for at in taken if at > NOW - WITHIN]
    assert (until is not None) == (len(lately) >= MANY)
    if until:
        assert NOW < until <= NOW + WITHIN
        # At that moment one fewer is of the last hour, and not before.
        assert spared_until(taken, until) is None
        assert spared_until(taken, until - timedelta(seconds=1)) is not None
