"""A need lapses by itself, and never before it was told."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.read.lapse import LASTS, need_expires
from rejoinder.listening.read.words import NEEDS, Need

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy are naive


@given(st.sampled_from(NEEDS), MOMENTS, st.none() | MOMENTS)
def test_a_need_lapses_in_its_time_and_not_before_it_was_told(
    need: Need, said_at: datetime, ended_at: datetime | None
) -> None:
    lapses = need_expires(need, said_at, ended_at)
    assert said_at <= lapses <= said_at + LASTS[need]


def test_a_shared_question_ends_with_its_outage_and_a_danger_does_not() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    back = noon + timedelta(hours=1)
    assert need_expires("common", noon, back) == back
    assert need_expires("urgent", noon, back) == noon + timedelta(hours=24)
