"""Hours as people write them, and the slots that follow."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.phone.hours import NOTICE, USUAL, Window, slots, windows

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_days_and_stretches_are_read() -> None:
    assert windows("mon-tue 9:00-11:00; sat,sun 10:00-12:00") == [
        Window(0, time(9), time(11)),
        Window(1, time(9), time(11)),
        Window(5, time(10), time(12)),
        Window(6, time(10), time(12)),
    ]
    assert {window.day for window in windows("fri-mon 9:00-10:00")} == {4, 5, 6, 0}


@pytest.mark.parametrize(
    "text",
    ["", ";", "mon", "moon 9:00-10:00", "mon 9-10", "mon 10:00-9:00", "mon 25:00-26:00", "\0", "é"],
)
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        windows(text)


def test_a_slot_that_begins_too_soon_is_not_offered() -> None:
    given = slots(windows(USUAL), MONDAY, LONDON, days=0)
    assert [start.hour for start, _ in given] == [11, 14, 16]


def test_the_clocks_go_forward_and_the_slot_with_them() -> None:
    saturday = datetime(2026, 3, 28, 8, tzinfo=UTC)
    [(sunday, end)] = slots(windows("sun 09:00-11:00"), saturday, LONDON, days=1)
    assert (sunday.hour, end.hour) == (8, 10)
    assert slots(windows("sun 01:00-02:00"), saturday, LONDON, days=1) == []


@given(st.integers(0, 5 * 365 * 24 * 60).map(lambda ahead: MONDAY + timedelta(minutes=ahead)))
def test_slots_lie_ahead_in_order_within_the_week(now: datetime) -> None:
    found = slots(windows(USUAL), now, LONDON)
    assert found == sorted(found)
    for start, end in found:
        assert now + NOTICE <= start < end <= now + timedelta(days=9)
        assert start.astimezone(LONDON).weekday() < 5
