"""Where somebody stands in the queue, in the order in which the desk takes people."""

from datetime import timedelta

import pytest

from rejoinder.desk import actions as desk
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.place import Place, place
from rejoinder.listening.models import Conversation, Need
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def waits(name: str, minutes: float, need: Need = Need.SPECIFIC) -> Conversation:
    return stage.says(name, "no signal", minutes_ago=minutes, need=need)


def test_need_then_age_whatever_the_channel() -> None:
    waits("Tina", 20)
    stage.says("Rosa", "fall alarm", minutes_ago=1, need=Need.URGENT, channel="webform")
    waits("Vera", 30, Need.VENT)
    assert place(waits("Tom", 10)) == Place(before=2, urgent_first=1)


@pytest.mark.parametrize("mode", PlanSettings.Mode.values)
def test_it_is_the_turn_in_which_the_desk_takes_people(mode: str) -> None:
    PlanSettings.objects.create(pk=1, on=False, mode=mode)
    for number, minutes in enumerate((5, 50, 70, 90, 65, 10)):
        waits(f"Tom {number}", minutes, Need.COMMON if number % 2 else Need.SPECIFIC)
    waits("Rosa", 2, Need.URGENT)
    told = {talk.pk: place(talk) for talk in Conversation.objects.all()}
    for turn in range(len(told)):
        taken = desk.take_next(people.alice())
        assert taken is not None
        found = told[taken.pk]
        assert found is not None
        assert found.before == turn


def test_who_was_begun_with_since_went_first() -> None:
    tom = waits("Tom", 30)
    rosa = waits("Rosa", 1, Need.URGENT)
    earlier = waits("Ida", 60, Need.URGENT)
    desk.take(rosa, people.alice())
    desk.take(earlier, people.bob())
    assert place(tom) == Place(before=0, urgent_first=1)


def test_nobody_goes_first_before_the_urgent() -> None:
    rosa = waits("Rosa", 10, Need.URGENT)
    waits("Ida", 1, Need.URGENT)
    assert place(rosa) == Place(0, 0)


def test_who_is_read_or_answered_has_no_place() -> None:
    tom = waits("Tom", 5)
    assert place(desk.take(tom, people.alice())) is None
    tom.holder, tom.waiting_since = None, None
    assert place(tom) is None


def test_a_long_queue_is_counted_to_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    from rejoinder.desk import place as module

    monkeypatch.setattr(module, "MOST", 2)
    for number in range(5):
        waits(f"Tom {number}", 60 - number)
    found = place(waits("Tina", 1))
    assert found is not None
    assert (found.before, found.before > module.MOST) == (3, True)


def test_time_moves_people_past_the_hour_back() -> None:
    PlanSettings.objects.create(pk=1, on=False, mode=PlanSettings.Mode.WITHIN_THE_HOUR)
    late, soon = waits("Tom", 61), waits("Tina", 59)
    assert (place(late), place(soon)) == (Place(1, 0), Place(0, 0))
    from rejoinder.plumbing import clock

    clock.turn(timedelta(minutes=2))
    assert (place(late), place(soon)) == (Place(0, 0), Place(1, 0))
