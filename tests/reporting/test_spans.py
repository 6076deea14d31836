"""Whole days, and the same days of earlier weeks."""

from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.spans import BACK, ENOUGH, Span, before, known, usual, week_of

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(DAYS)
def test_a_week_begins_on_its_monday_and_holds_its_days(day: date) -> None:
    week = week_of(day)
    assert week.first.weekday() == 0
    assert week.holds(day)
    assert (week.last - week.first).days == 6
    assert not week.holds(week.last + timedelta(days=1))


def test_a_day_of_changed_clocks_is_an_hour_shorter_or_longer() -> None:
    hours = [
        (ends - begins) / timedelta(hours=1)
        for day in (date(2026, 3, 29), date(2026, 6, 1), date(2026, 10, 25))
        for begins, ends in [Span(day, 1).bounds(LONDON)]
    ]
    assert hours == [23, 24, 25]


@given(DAYS, st.integers(1, 7))
def test_the_last_whole_days_end_yesterday(today: date, days: int) -> None:
    assert before(today, days).last == today - timedelta(days=1)


@given(DAYS, st.integers(-20, 100))
def test_weeks_before_anything_was_heard_are_not_known(first: date, age: int) -> None:
    weeks = known(Span(first, 7), first - timedelta(days=age))
    assert len(weeks) == max(0, min(BACK, age // 7))
    assert all(each.first.weekday() == first.weekday() for each in weeks)
    assert known(Span(first, 7), None) == []


@given(st.lists(st.integers(0, 10**6), max_size=BACK))
def test_the_usual_is_the_median_once_there_are_weeks_enough(counts: list[int]) -> None:
    found = usual(counts)
    if len(counts) < ENOUGH:
        assert found is None
        return
    assert found is not None
    assert (found.middle, found.weeks) == (median(counts), len(counts))
    assert found.compared(max(counts) + 1) == 1
    assert found.compared(min(counts) - 1) == -1
    assert all(found.compared(each) == 0 for each in counts)
