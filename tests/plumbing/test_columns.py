"""Numbers of many rows at once are those of the rows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.models import Mention
from rejoinder.plumbing.columns import Micros, as_micros, columns, of_micros
from tests.web import stage

MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 0, 1, 5, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 0, 1, 999_990, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    ],
)
def test_a_moment_in_a_row_is_told_to_the_microsecond(at: datetime) -> None:
    stage.says("Tom", "no signal")
    Mention.objects.update(created_at=at)
    pk, told = columns(Mention.objects.values_list("pk", Micros("created_at")), 2)
    assert pk.tolist() == [Mention.objects.get().pk]
    assert told.tolist() == [as_micros(at)]


@pytest.mark.django_db
def test_no_rows_are_columns_without_numbers() -> None:
    assert [each.tolist() for each in columns(Mention.objects.values_list("pk", "need"), 2)] == [
        [],
        [],
    ]


@given(MOMENTS)
def test_moments_come_back(at: datetime) -> None:
    assert of_micros(as_micros(at)) == at
