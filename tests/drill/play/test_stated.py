"""A played day says how long its people took to say something in public."""

from datetime import timedelta

import pytest

from rejoinder.crisis import actions
from rejoinder.crisis.models import Alarm
from rejoinder.drill.play import stated
from rejoinder.plumbing import clock
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def rings() -> None:
    now = clock.now()
    Alarm.objects.create(at=now, raised_at=now, score=0.9, seconds=600, came=78, usual=19)


def test_nothing_is_said_of_a_day_without_an_alarm() -> None:
    assert stated.words() == ""


@pytest.mark.parametrize(
    ("minutes", "end"), [(12, "12 minutes after the alarm, as asked."), (31, "20 were asked for.")]
)
def test_the_first_public_word_is_timed_from_the_alarm(minutes: int, end: str) -> None:
    dan = people.dan()
    rings()
    assert stated.words() == "An alarm was raised, and nothing was said in public after it."
    crisis = actions.declare(dan, "Outage")
    clock.turn(timedelta(minutes=minutes))

    actions.state(crisis, dan, "We know, and look into it.", None)

    assert stated.words().endswith(end)


def test_what_was_said_before_the_alarm_does_not_count() -> None:
    dan = people.dan()
    actions.state(actions.declare(dan, "Outage"), dan, "We know.", None)
    clock.turn(timedelta(minutes=1))

    rings()

    assert "nothing was said" in stated.words()
