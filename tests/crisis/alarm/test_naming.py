"""Places in what is heard; an area that is named more than usual raises an alarm of its own."""

from datetime import datetime, timedelta

import pytest

from rejoinder.crisis.alarm import naming
from rejoinder.crisis.alarm.watching import Watcher
from rejoinder.crisis.holding import Named
from rejoinder.crisis.models import Alarm, Naming
from rejoinder.crisis.refusals import CannotError
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Call
from tests import people
from tests.crisis.crowd import minutes, usual_days, write
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_mentions_are_looked_through_once_and_ours_never() -> None:
    stage.says("Tom", "no signal in Leeds and Bradford")
    stage.says("Northwind", "we look into Leeds", ours=True)

    assert naming.name() == 2
    assert naming.name() == 0
    assert set(Naming.objects.values_list("area", "place")) == {
        ("Yorkshire and the Humber", "Leeds"),
        ("Yorkshire and the Humber", "Bradford"),
    }


def test_what_was_just_heard_waits_a_moment() -> None:
    stage.says("Tom", "no signal in Leeds", minutes_ago=0)

    assert naming.name() == 0
    clock.turn(naming.LAG + timedelta(seconds=1))
    assert naming.name() == 1


def test_other_places_hold_for_the_last_day_too() -> None:
    dan = people.dan()
    stage.says("Tom", "nothing at the old mill")
    naming.name()
    assert not Naming.objects.exists()

    naming.set_places(dan, "Riverside, the Old Mill = South West", shipped=True)
    naming.name()
    assert Naming.objects.get().area == "South West"
    with pytest.raises(CannotError, match="is no place"):
        naming.set_places(dan, "Riverside", shipped=True)
    with pytest.raises(CannotError):
        naming.set_places(dan, "a = b\n" * 10_000, shipped=True)
    with pytest.raises(NotAllowedError):
        naming.set_places(people.alice(), "", shipped=False)


def test_places_go_with_the_person_who_named_them() -> None:
    talk = stage.says("Tom", "no signal in Leeds")
    stage.says("Tina", "no signal in York")
    naming.name()
    tom = Person(talk.channel, talk.person.external_id)

    assert [row["place"] for row in Named().export(tom)] == ["Leeds"]
    assert Named().erase(tom) == 1
    assert Naming.objects.get().place == "York"


def in_leeds(begins: datetime, many: int, *, person: int | None = None) -> None:
    """Whoever writes in these minutes names Leeds, twelve a minute."""
    watcher = Watcher()
    for minute in minutes(begins, many):
        write(minute + timedelta(seconds=20), 12, person=person)
        Mention.objects.filter(created_at=minute + timedelta(seconds=20)).update(text="in Leeds")
        clock.turn(minute + timedelta(seconds=64) - clock.now())
        naming.name()
        watcher.run()


def test_an_area_has_its_own_alarm_and_rings_once_with_the_whole(monday: datetime) -> None:
    noon = monday.replace(hour=12)
    usual_days(noon, 2)

    in_leeds(noon, 6)

    of_area = Alarm.objects.get(area="Yorkshire and the Humber")
    assert of_area.question is None
    assert of_area.problems_came is not None
    assert Alarm.objects.filter(area="", question=None).exists()
    assert Call.objects.count() == 1


def test_one_person_raises_no_area(monday: datetime) -> None:
    noon = monday.replace(hour=12)
    usual_days(noon, 2)

    in_leeds(noon, 6, person=7)

    assert not Alarm.objects.exists()
