"""Times go into rows as Django itself would write them, and come back the same."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.store.rows import moments

times = st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.lists(times))
def test_they_are_written_as_django_writes_them(given_times: list[datetime]) -> None:
    assert moments(given_times) == [str(at.replace(tzinfo=None)) for at in given_times]


@given(st.lists(times))
def test_sorted_as_text_they_are_sorted_in_time(given_times: list[datetime]) -> None:
    written = moments(sorted(given_times))
    assert all(before <= after for before, after in pairwise(written))
