"""One calendar month, working days; the clock stands still until they show who they are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.rights.rules import (
    Standing,
    Times,
    due,
    may_leave,
    months_after,
    paused,
    standing,
)
from rejoinder.team import holidays

LONDON = ZoneInfo("Europe/London")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # zoned by the strategy
later = st.timedeltas(timedelta(0), timedelta(days=200))


def off(day: date) -> bool:
    return day in holidays.between("GB-ENG", day.year, day.year)


@pytest.mark.parametrize(
    ("came", "month"),
    [
        (date(2026, 9, 3), date(2026, 10, 3)),
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(came: date, month: date) -> None:
    assert months_after(came, 1) == month


def test_a_day_on_which_nobody_works_moves_to_the_next() -> None:
    came = datetime(2026, 11, 25, 10, 0, tzinfo=LONDON)  # to Christmas Day, then a weekend
    assert due(Times(came), came, LONDON, off) == datetime(2026, 12, 30, tzinfo=LONDON)


@given(moments, later)
def test_it_is_a_month_at_least_and_a_week_more_at_most(came: datetime, since: timedelta) -> None:
    at = due(Times(came), came + since, LONDON, off)
    assert timedelta(days=28) <= at - came <= timedelta(days=31 + 8)


@given(moments, later, later, later)
def test_the_time_of_showing_who_they_are_is_added_and_never_taken(
    came: datetime, asked: timedelta, shown: timedelta, since: timedelta
) -> None:
    times = Times(came, came + asked, came + asked + shown)
    now = came + asked + shown + since
    with_pause, without = due(times, now, LONDON, off), due(Times(came), now, LONDON, off)
    assert with_pause >= without
    assert paused(times, now) == timedelta(days=shown.days)
    assert due(times, now + since, LONDON, off) == with_pause


@given(moments, later, later)
def test_while_they_have_not_shown_it_the_end_moves_on_and_is_not_late(
    came: datetime, asked: timedelta, since: timedelta
) -> None:
    times = Times(came, came + asked)
    now = came + asked + since
    assert standing(times, due(times, now, LONDON, off), now) is Standing.PAUSED
    assert not may_leave(times)


def test_nothing_leaves_before_they_have_shown_it_or_after_the_answer() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert not may_leave(Times(at))
    assert may_leave(Times(at, proved_at=at))
    assert not may_leave(Times(at, proved_at=at, answered_at=at))


@given(moments, moments)
def test_late_is_late_answered_or_not(end: datetime, now: datetime) -> None:
    times = Times(end - timedelta(days=30))
    assert (standing(times, end, now) is Standing.LATE) == (now > end)
    answered = standing(replace(times, answered_at=now), end, now)
    assert (answered is Standing.ANSWERED_LATE) == (now > end)


@given(moments, later)
def test_two_further_months_are_counted_from_receipt(came: datetime, after: timedelta) -> None:
    times = Times(came)
    long = due(replace(times, extended=True), came + after, LONDON, off)
    day = months_after(came.astimezone(LONDON).date(), 3)
    # The end of that day, or of the first working day after it; Christmas and Easter are four days.
    assert timedelta(0) <= long.date() - day - timedelta(days=1) <= timedelta(days=5)
    assert long > due(times, came + after, LONDON, off)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 9, 30), 3, date(2027, 12, 30)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
    ],
)
def test_months_end_with_their_last_day(day: date, months: int, found: date) -> None:
    assert months_after(day, months) == found
