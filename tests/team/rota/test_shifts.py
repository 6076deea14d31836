"""Who works when: splits, nights, time zones, changed clocks, Easter Sunday, leave."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.team import holidays
from rejoinder.team.rota.shifts import (
    Change,
    Shift,
    Works,
    is_away,
    next_shift,
    on_duty,
    shifts,
)
from rejoinder.team.rota.week import NEVER, Week, read, read_hours
from tests.team.rota.test_week import weeks

LONDON = "Europe/London"
DAYS = timedelta(days=1)


def utc(day: str, clock: str = "00:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


def test_a_split_shift_has_a_gap() -> None:
    alice = Works(1, LONDON, read("Mon-Fri 8-12 13-17"))

    assert shifts(alice, utc("2026-03-02"), utc("2026-03-03")) == [
        Shift(utc("2026-03-02", "08:00"), utc("2026-03-02", "12:00")),
        Shift(utc("2026-03-02", "13:00"), utc("2026-03-02", "17:00")),
    ]
    assert on_duty([alice], utc("2026-03-02", "11:59")) == [1]
    assert on_duty([alice], utc("2026-03-02", "12:00")) == []


def test_hours_are_those_of_the_wall_where_somebody_is() -> None:
    alice, mei = Works(1, LONDON, read("Wed 9-17")), Works(2, "Asia/Kathmandu", read("Wed 9-17"))

    # 9:00 in Kathmandu is 3:15 in Greenwich; London is an hour ahead of it in summer.
    assert on_duty([alice, mei], utc("2026-07-01", "03:14")) == []
    assert on_duty([alice, mei], utc("2026-07-01", "03:15")) == [2]
    assert on_duty([alice, mei], utc("2026-07-01", "08:00")) == [1, 2]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 7), ("2026-10-24", 9)])
def test_a_night_over_changed_clocks_is_shorter_or_longer(day: str, hours: int) -> None:
    night = Works(1, LONDON, read("Sat 22-6"))

    (one,) = shifts(night, utc(day), utc(day) + 2 * DAYS)

    assert one.ends - one.begins == timedelta(hours=hours)


def test_a_shift_that_begins_in_the_skipped_hour_begins_when_clocks_are_changed() -> None:
    early = Works(1, LONDON, read("Sun 1:30-3"))

    (one,) = shifts(early, utc("2026-03-29"), utc("2026-03-30"))

    assert one.begins <= utc("2026-03-29", "01:30")
    assert one.ends == utc("2026-03-29", "02:00")


def test_easter_sunday_is_a_sunday_in_england_and_a_holiday_in_brandenburg() -> None:
    week = read("Mon-Fri 9-17, Sun 10-16, holidays 12-14")
    noon, morning = utc("2026-04-05", "12:30"), utc("2026-04-05", "10:30")
    here = Works(1, LONDON, week, holidays.between("GB-ENG", 2026, 2026))
    there = Works(2, "Europe/Berlin", week, holidays.between("DE-BB", 2026, 2026))

    assert on_duty([here, there], noon - timedelta(hours=1)) == [1, 2]
    assert on_duty([here, there], morning + timedelta(hours=2)) == [1]
    # Easter Monday is a holiday in both: nobody works as on a Monday.
    assert on_duty([here, there], utc("2026-04-06", "08:30")) == []


def test_a_night_that_began_before_leave_is_worked_to_its_end() -> None:
    night = Works(
        1, LONDON, read("Mon-Sun 22-6"), changes=[Change(date(2026, 3, 3), date(2026, 3, 3))]
    )

    assert on_duty([night], utc("2026-03-03", "05:59")) == [1]
    assert on_duty([night], utc("2026-03-03", "23:00")) == []
    assert is_away(night, utc("2026-03-03", "23:00"))
    assert not is_away(night, utc("2026-03-04", "00:00"))


def test_the_last_change_of_a_day_holds() -> None:
    away = Change(date(2026, 3, 2), date(2026, 3, 6))
    back = Change(date(2026, 3, 4), date(2026, 3, 4), read_hours("10-12"))
    works = Works(1, LONDON, read("Mon-Fri 9-17"), changes=[away, back])

    found = shifts(works, utc("2026-03-02"), utc("2026-03-09"))

    assert found == [Shift(utc("2026-03-04", "10:00"), utc("2026-03-04", "12:00"))]


def test_the_next_shift_is_found_or_said_to_be_none() -> None:
    alice = Works(1, LONDON, read("Mon-Fri 9-17"))
    friday = utc("2026-03-06", "18:00")

    assert next_shift([alice], friday, timedelta(days=31)) == utc("2026-03-09", "09:00")
    assert next_shift([Works(1, LONDON)], friday, timedelta(days=31)) is None
    assert next_shift([], friday, timedelta(days=31)) is None


@given(
    weeks,
    st.sampled_from([LONDON, "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.integers(0, 365 * 24),
    st.integers(1, 24 * 3),
)
def test_shifts_are_in_order_apart_and_inside(
    week: Week, zone: str, start: int, hours: int
) -> None:
    works, begins = Works(1, zone, week), utc("2026-01-01") + timedelta(hours=start)
    ends = begins + timedelta(hours=hours)
    found = shifts(works, begins, ends)

    edges = [edge for one in found for edge in one]
    assert edges == sorted(set(edges))
    assert all(begins <= edge <= ends for edge in edges)
    # Asked in two halves, the same time is worked.
    middle = begins + (ends - begins) / 2
    halves = shifts(works, begins, middle) + shifts(works, middle, ends)
    assert _length(halves) == _length(found)


def _length(found: list[Shift]) -> timedelta:
    return sum((one.ends - one.begins for one in found), timedelta())


def test_who_wrote_no_hours_never_works() -> None:
    assert Works(1, LONDON).week == NEVER
    assert shifts(Works(1, LONDON), utc("2026-01-01"), utc("2026-12-31")) == []
