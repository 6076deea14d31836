"""By when: hours run through, working days leave out weekends and public holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.incidents.clock import Standing, due, standing, working_day
from rejoinder.privacy.incidents.rules import Duty, Rule, To, Touches, Version
from rejoinder.team import holidays

LONDON = ZoneInfo("Europe/London")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # zoned by the strategy


def duty(hours: int | None = None, working_days: int | None = None) -> Duty:
    version = Version(date(2020, 1, 1), "source", hours, working_days)
    needs = frozenset({Touches.NETWORK})
    rule = Rule(
        "r", "law", "whom", To.REGULATOR, needs, (version,), place="GB-ENG", zone=str(LONDON)
    )
    return Duty(rule, version)


def off(day: date) -> bool:
    return day in holidays.between("GB-ENG", day.year, day.year)


@given(moments, st.integers(1, 1000))
def test_hours_run_on(aware: datetime, hours: int) -> None:
    assert due(duty(hours), aware, lambda _: True) == aware + timedelta(hours=hours)


def test_hours_are_hours_when_the_clocks_change() -> None:
    aware = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON).astimezone(UTC)
    at = due(duty(72), aware, off)
    assert at is not None
    assert at.astimezone(LONDON).hour == 13


def test_working_days_leave_out_easter() -> None:
    aware = datetime(2026, 4, 2, 15, 0, tzinfo=LONDON)  # Thursday; Good Friday, Easter Monday
    assert due(duty(working_days=2), aware, off) == datetime(2026, 4, 9, tzinfo=LONDON)


@given(moments, st.integers(1, 40))
def test_so_many_working_days_lie_between(aware: datetime, days: int) -> None:
    at = due(duty(working_days=days), aware, off)
    assert at is not None
    first = aware.astimezone(LONDON).date()
    last = at.astimezone(LONDON).date() - timedelta(days=1)
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(working_day(day, off) == day for day in between) == days
    assert working_day(last, off) == last


def test_without_undue_delay_has_no_last_moment_and_is_never_late() -> None:
    aware = datetime(2026, 1, 1, tzinfo=UTC)
    assert due(duty(), aware, off) is None
    assert standing(None, None, aware + timedelta(days=900)) is Standing.RUNS
    assert standing(None, aware, aware) is Standing.MET


@given(moments, moments, moments)
def test_a_clock_is_late_only_after_its_moment(end: datetime, met: datetime, now: datetime) -> None:
    assert (standing(end, None, now) is Standing.LATE) == (now > end)
    assert (standing(end, met, now) is Standing.MET_LATE) == (met > end)
