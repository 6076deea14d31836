"""Planned times: in the zone of whoever plans, over the days on which clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.later import FARTHEST, NoTime, NoTimeError, planned

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BERLIN, LONDON = "Europe/Berlin", "Europe/London"


def why(typed: str, zone: str = LONDON) -> NoTime:
    with pytest.raises(NoTimeError) as raised:
        planned(typed, zone, NOW)
    return raised.value.why


def test_a_time_is_that_of_the_one_who_plans() -> None:
    assert planned("2026-03-02T12:00", LONDON, NOW) == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert planned("2026-03-02T12:00", BERLIN, NOW) == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert planned("2026-07-01T12:00", LONDON, NOW) == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_an_hour_that_is_skipped_is_none_and_the_next_is_named() -> None:
    with pytest.raises(NoTimeError) as raised:
        planned("2026-03-29T01:30", LONDON, NOW)

    assert raised.value.why == NoTime.SKIPPED
    assert raised.value.instead is not None
    assert raised.value.instead.strftime("%H:%M") == "02:30"


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    assert planned("2026-10-25T01:30", LONDON, NOW) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2026-03-02T09:00", NoTime.PAST),
        ("2026-03-02T08:59", NoTime.PAST),
        ("1999-01-01T00:00", NoTime.PAST),
        ("0001-01-01T00:00", NoTime.PAST),
        ("2027-03-03T09:00", NoTime.FAR),
        ("9999-12-31T23:59", NoTime.FAR),
        ("", NoTime.UNREADABLE),
        ("tomorrow", NoTime.UNREADABLE),
        ("2026-02-30T10:00", NoTime.UNREADABLE),
        ("\0" * 99, NoTime.UNREADABLE),
    ],
)
def test_what_is_no_time_says_why(typed: str, reason: NoTime) -> None:
    assert why(typed) == reason


def leaves(typed: str, zone: str, now: datetime) -> datetime | NoTime:
    """When it would leave, or why it does not."""
    try:
        return planned(typed, zone, now)
    except NoTimeError as error:
        return error.why


MINUTES = st.integers(2, 363 * 24 * 60)
ZONES = st.sampled_from([BERLIN, LONDON])


@given(MINUTES, ZONES)
def test_every_time_that_there_is_leaves_then_on_the_wall(minutes: int, zone: str) -> None:
    typed = (NOW + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
    now = NOW - timedelta(hours=2)
    moment = leaves(typed, zone, now)
    if isinstance(moment, NoTime):
        assert moment == NoTime.SKIPPED
    else:
        assert moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") == typed
        assert now < moment <= now + FARTHEST


@given(st.text(), ZONES)
def test_anything_typed_is_a_time_or_says_why(typed: str, zone: str) -> None:
    assert leaves(typed, zone, NOW)
