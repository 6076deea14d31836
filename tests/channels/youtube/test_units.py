"""The day's units start anew at midnight Pacific, on both sides of the changes of the clocks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.youtube import units

MOMENTS = st.integers(1_767_312_000, 2_082_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))


@given(MOMENTS)
def test_one_limit_holds_at_each_moment_and_begins_at_midnight_there(now: datetime) -> None:
    in_force = [
        limit
        for limit in units.limits()
        if (limit.valid_from is None or limit.valid_from <= now)
        and (limit.valid_to is None or now < limit.valid_to)
    ]
    [limit] = in_force
    left = limit.window - (now.timestamp() - limit.offset) % limit.window
    anew = units.until_anew(now)
    # A day on which the clocks change is an hour longer or shorter than its window.
    assert abs(left - anew) in {0, 3600}
    begun = (now + timedelta(seconds=anew)).astimezone(units.PACIFIC)
    assert (begun.hour, begun.minute) == (0, 0)


def test_a_reply_and_hearing_fit_into_a_day() -> None:
    for limit in units.limits():
        assert limit.cap + units.LISTENING == 10_000
        assert limit.cap / limit.cost == 160


def test_summer_and_winter() -> None:
    assert units.until_anew(datetime(2026, 7, 1, 6, tzinfo=UTC)) == 3600
    assert units.until_anew(datetime(2026, 12, 1, 6, tzinfo=UTC)) == 7200
    assert units.day(datetime(2026, 12, 1, 7, 59, tzinfo=UTC)) == "2026-11-30"
