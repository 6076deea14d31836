"""Whoever comes between two looks of the plan is decided about as the plan last would have."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.channels.contract import Limit
from rejoinder.desk import actions, refusals
from rejoinder.desk.models import PlanLook, PlanSettings
from rejoinder.desk.plan import settings
from rejoinder.desk.plan.keep_back import Planner
from rejoinder.desk.plan.newcomers import FRESH
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock
from tests import people, scene
from tests.desk.plan.test_keep_back import many_wait, wrote

pytestmark = pytest.mark.django_db
TEN = Limit(name="day", cap=10, window=86_400)


@pytest.fixture(autouse=True)
def scarce(monday: datetime) -> Iterator[None]:
    """More wait than may be answered, and the plan has just looked."""
    with scene.networks(TEN):
        many_wait()
        Planner().run()
        clock.turn(timedelta(seconds=3))
        yield


def test_a_free_advisor_does_not_take_who_came_a_moment_ago() -> None:
    for talk in Conversation.objects.filter(need=Need.URGENT):
        actions.take(talk, people.bob())
    late = wrote("Vera", Need.VENT, 0)

    assert actions.take_next(people.alice()) is None
    late.refresh_from_db()
    assert (late.holder, late.kept_back) == (None, "kept-for-urgent")
    with pytest.raises(refusals.KeptBackError):
        actions.take(late, people.alice())


def test_taking_them_by_name_is_no_way_around() -> None:
    late = wrote("Vera", Need.VENT, 0)

    with pytest.raises(refusals.KeptBackError):
        actions.take(late, people.alice())
    late.refresh_from_db()
    assert late.kept_back


def test_whoever_is_in_urgent_need_is_taken_at_once() -> None:
    for talk in Conversation.objects.filter(need=Need.URGENT):
        actions.take(talk, people.bob())
    late = wrote("Rosa", Need.URGENT, 0)

    assert actions.take_next(people.alice()) == late


def test_a_colleague_keeps_what_they_have() -> None:
    late = wrote("Vera", Need.VENT, 0)
    Conversation.objects.filter(pk=late.pk).update(holder=people.bob())

    with pytest.raises(refusals.CannotError):
        actions.take(late, people.alice())
    late.refresh_from_db()
    assert late.holder == people.bob()


def test_a_plan_that_looks_no_more_keeps_nobody_back() -> None:
    clock.turn(FRESH + timedelta(seconds=1))
    late = wrote("Vera", Need.VENT, 0)

    assert actions.take(late, people.alice()).holder == people.alice()


def test_switched_off_it_forgets() -> None:
    settings.change(people.dan(), PlanSettings(on=False))
    Planner().run()

    assert not PlanLook.objects.exists()
    late = wrote("Vera", Need.VENT, 0)
    assert actions.take(late, people.alice()).holder == people.alice()
