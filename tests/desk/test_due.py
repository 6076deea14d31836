"""When something handed over is due, and finding what one owes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk import actions as desk
from rejoinder.desk import owed, queue
from rejoinder.desk.due import end_of_day
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage

HOUR = timedelta(hours=1)
START = datetime(2025, 1, 1, tzinfo=UTC)
moments = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
zones = st.sampled_from(["Europe/London", "America/St_Johns", "Asia/Tokyo", "Africa/Cairo"])


@given(moments, zones)
def test_a_day_ends_within_26_hours(now: datetime, zone: str) -> None:
    ends = end_of_day(now, zone)
    assert now < ends <= now + 26 * HOUR
    here = ZoneInfo(zone)
    before = (ends - timedelta(seconds=1)).astimezone(here)
    assert before.date() == now.astimezone(here).date() < ends.astimezone(here).date()


def handed(name: str, ahead: timedelta | None) -> Conversation:
    talk = desk.take(stage.says(name, "no signal"), people.alice())
    at = clock.now() + ahead if ahead is not None else None
    return desk.hand_over(talk, people.alice(), people.bob(), "please", at)


@pytest.mark.django_db
def test_bob_finds_what_is_due_today_until_it_is_not_his_any_more(monday: datetime) -> None:
    tom, _, _ = handed("Tom", HOUR), handed("Rosa", 24 * HOUR), handed("Ewan", None)
    assert [row.conversation for row in queue.page(people.bob(), "due").rows] == [tom]
    assert queue.page(people.alice(), "due").rows == []
    assert owed.owed([tom])[tom.pk].due_at == monday + HOUR
    with clock.standing(monday + 23 * HOUR):
        assert len(queue.page(people.bob(), "due").rows) == 2
        desk.let_go(tom, people.bob())
        desk.take(tom, people.bob())
        assert owed.owed([tom]) == {}
