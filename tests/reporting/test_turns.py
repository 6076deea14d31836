"""Turns that a lead changed are told with the lead and the reason, for the time they fell in."""

from datetime import timedelta

import pytest

from rejoinder.desk.models import TurnChange
from rejoinder.plumbing import clock
from rejoinder.reporting.turns import SHOWN, turns
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def changed(why: str, hours_ago: float) -> None:
    TurnChange.objects.create(
        conversation=stage.says(f"Person {why}", "no signal"),
        lead=people.dan(),
        at=clock.now() - timedelta(hours=hours_ago),
        why=why,
    )


def test_those_of_a_time_the_newest_first() -> None:
    changed("a school without a telephone", 2)
    changed("her line is an alarm", 1)
    changed("long ago", 50)
    now = clock.now()

    found = turns(people.alice(), now - timedelta(days=1), now)

    assert [(turn.lead, turn.why) for turn in found.newest] == [
        (people.dan(), "her line is an alarm"),
        (people.dan(), "a school without a telephone"),
    ]
    assert found.many == 2


def test_all_are_counted_where_not_all_are_shown() -> None:
    talk, now = stage.says("Tom", "no signal"), clock.now()
    TurnChange.objects.bulk_create(
        TurnChange(conversation=talk, lead=people.dan(), at=now, why=f"reason {n}")
        for n in range(SHOWN + 1)
    )

    found = turns(people.alice(), now, now + timedelta(seconds=1))

    assert (found.many, len(found.newest)) == (SHOWN + 1, SHOWN)


def test_who_may_not_read_about_people_is_told_how_many_alone() -> None:
    changed("her line is an alarm", 1)
    now = clock.now()

    found = turns(people.ann(), now - timedelta(days=1), now)

    assert (found.many, found.newest) == (1, [])
