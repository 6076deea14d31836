"""Open crisis rooms are told when something came, and once a minute."""

from datetime import datetime, timedelta

import pytest

from rejoinder.crisis.pulse import Pulse
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from tests import scene


@pytest.mark.django_db
def test_rooms_are_told_once_of_what_came_and_once_a_minute(monday: datetime) -> None:
    pulse = Pulse()
    scene.wrote("Tom", "no signal")
    Change.objects.all().delete()
    assert [pulse.run(), pulse.run()] == [1, 0]
    scene.wrote("Tina", "no signal")
    scene.wrote("Rosa", "no signal")
    assert [pulse.run(), pulse.run()] == [1, 0]
    clock.turn(timedelta(seconds=59))
    assert pulse.run() == 0
    clock.turn(timedelta(seconds=1))
    assert pulse.run() == 1
    told = list(Change.objects.order_by("id").values_list("topic", flat=True))
    assert told == ["figures", "minutes", "figures", "figures", "minutes"]
