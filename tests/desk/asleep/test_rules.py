"""When what was put aside comes back, and which times are offered."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.asleep.rules import LATEST, LEAST, Back, Sleeper, back, choices, until
from rejoinder.team.rota.shifts import Change, Works
from rejoinder.team.rota.week import Span

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
moments = st.integers(0, 15 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
near = st.integers(-5, 5).map(lambda hours: NOW + timedelta(hours=hours))
zones = st.sampled_from(["Europe/London", "America/St_Johns", "Asia/Tokyo", "UTC"])
EVENTS = ("", "wrote", "answer", "crisis")
sleepers = st.builds(
    Sleeper,
    st.integers(0, 20),
    near,
    st.sampled_from(EVENTS),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
office = tuple((Span(8 * 60, 16 * 60),) if day < 5 else () for day in range(8))


def works(zone: str = "Europe/London", *changes: Change) -> Works:
    return Works(1, zone, office, changes=changes)


@given(st.lists(sleepers, unique_by=lambda each: each.number), st.booleans())
def test_who_is_back_has_a_reason_and_who_has_one_is_back(
    found: list[Sleeper], crisis: bool
) -> None:
    came = back(found, NOW, crisis=crisis)
    for each in found:
        event = (each.event == "answer" and each.published) or (
            each.event == "crisis" and not crisis
        )
        due = each.urgent or each.wrote or event or each.until <= NOW
        assert (each.number in came) == due


@given(st.lists(sleepers, unique_by=lambda each: each.number))
def test_time_keeps_nobody_away_and_urgent_need_is_said_first(found: list[Sleeper]) -> None:
    late = back(found, NOW + timedelta(days=1), crisis=True)
    assert set(late) == {each.number for each in found}
    assert all(late[each.number] == Back.URGENT for each in found if each.urgent)


@given(st.none() | moments, moments, st.none() | moments)
def test_nobody_sleeps_through_a_promise(
    asked: datetime | None, now: datetime, promised: datetime | None
) -> None:
    latest = until(asked, now, promised)
    assert latest <= (asked or now + LATEST)
    if promised and promised > now:
        assert latest <= promised


@given(moments, zones)
def test_offered_times_are_to_come_in_order_and_each_once(now: datetime, zone: str) -> None:
    offered = choices(now, zone, [])
    times = [each.at for each in offered]
    assert times == sorted(set(times))
    assert all(at >= now + LEAST for at in times[:1])
    for kind, at in offered:
        here = at.astimezone(ZoneInfo(zone))
        assert (here.hour, here.minute) == ((18, 0) if kind == "evening" else (9, 0))


@given(moments)
def test_mornings_are_those_of_the_team(now: datetime) -> None:
    for kind, at in choices(now, "Europe/London", [works()]):
        here = at.astimezone(ZoneInfo("Europe/London"))
        assert kind == "evening" or (here.hour == 8 and here.weekday() < 5)


def test_monday_is_the_first_day_on_which_somebody_works() -> None:
    friday = NOW + timedelta(days=4)
    closed = Change(date(2026, 3, 9), date(2026, 3, 9))
    kinds = {
        each.kind: each.at for each in choices(friday, "Europe/London", [works("UTC", closed)])
    }
    assert kinds == {
        "evening": datetime(2026, 3, 6, 18, tzinfo=UTC),
        "week": datetime(2026, 3, 10, 8, tzinfo=UTC),
    }


def test_a_team_that_is_always_there_begins_at_nine() -> None:
    night = tuple((Span(0, 24 * 60),) for _ in range(8))
    tomorrow = choices(NOW, "UTC", [Works(1, "UTC", night)])[1]
    assert tomorrow.at == datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_late_in_the_day_there_is_no_evening_left() -> None:
    late = NOW.replace(hour=17, minute=30)
    assert [each.kind for each in choices(late, "UTC", [])] == ["tomorrow", "week"]
