"""When a digest is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.digest.rules import LATE, is_due, last_due

ZONES = st.sampled_from([ZoneInfo(name) for name in ("Europe/London", "Asia/Kolkata", "UTC")])
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 10 * 366 * 86_400).map(lambda after: FIRST + timedelta(seconds=after))


@given(st.integers(0, 6), st.integers(0, 23), MOMENTS, ZONES)
def test_it_is_the_newest_such_hour_that_has_come(
    weekday: int, hour: int, now: datetime, zone: ZoneInfo
) -> None:
    due = last_due(weekday, hour, now, zone)
    assert due <= now < due + timedelta(days=7, hours=1)
    local = due.astimezone(zone)
    assert local.weekday() == weekday
    assert local.hour in (hour, hour + 1)  # the one after, where clocks leave it out
    assert local.minute == 0


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_it_is_due_for_a_day_and_not_before_it_was_chosen(due: datetime, later: timedelta) -> None:
    assert is_due(due, due - timedelta(seconds=1), due + later) == (later < LATE)
    assert not is_due(due, due, due + later)
    assert not is_due(due, due - timedelta(days=1), due - timedelta(seconds=1))
