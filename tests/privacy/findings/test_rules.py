"""By when a finder hears from us, and that nobody is named who did not ask."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.findings.rules import Credit, due, may_become

LONDON = ZoneInfo("Europe/London")
START = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def test_five_working_days_end_with_the_fifth() -> None:
    came = datetime(2026, 3, 6, 23, 0, tzinfo=UTC)  # a Friday
    assert due(came, LONDON) == datetime(2026, 3, 14, tzinfo=LONDON)


def test_the_day_is_that_of_the_organisation() -> None:
    came = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)  # Sunday there, Monday already in London
    assert due(came, ZoneInfo("UTC")) == datetime(2026, 7, 11, tzinfo=UTC)
    assert due(came, LONDON) == datetime(2026, 7, 14, tzinfo=LONDON)


@given(moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
def test_who_came_earlier_hears_no_later(came: datetime, after: timedelta) -> None:
    first = due(came, LONDON)
    assert first <= due(came + after, LONDON)
    # Five to seven days and what is left of the day that it came on; an hour for summer time.
    assert timedelta(days=5) - timedelta(hours=1) <= first - came
    assert first - came <= timedelta(days=8, hours=1)


def test_nobody_is_named_who_did_not_ask() -> None:
    changes = {(now, then) for now in Credit for then in Credit if may_become(now, then)}
    assert changes == {
        (Credit.ASKED, Credit.GIVEN),
        (Credit.ASKED, Credit.REFUSED),
        (Credit.GIVEN, Credit.REFUSED),
        (Credit.REFUSED, Credit.GIVEN),
    }
