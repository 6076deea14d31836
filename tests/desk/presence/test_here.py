"""Rows of who looks: written when somebody comes or goes, and never for a heartbeat."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.desk.models import Presence
from rejoinder.desk.presence.here import Here
from rejoinder.desk.presence.others import others
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from tests import people, scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_alice_sees_bob_look_type_and_leave(monday: datetime) -> None:
    here, alice, bob = Here(), people.alice(), people.bob()
    tom = scene.wrote("Tom", "No signal")
    Change.objects.all().delete()
    for _window in range(2):
        here.come(bob.pk, tom.public_id)
    here.come(alice.pk, tom.public_id)
    assert here.write() == 1
    assert others(tom, alice) == {"Bob": False}
    assert list(Change.objects.values_list("topic", flat=True)) == [f"here:{tom.public_id}"]
    here.typed(bob.pk, tom.public_id)
    assert here.write() == 1
    assert others(tom, alice) == {"Bob": True}
    with clock.standing(monday + timedelta(seconds=9)):
        assert here.write() == 1
        assert others(tom, alice) == {"Bob": False}
    here.leave(bob.pk, tom.public_id)
    assert here.write() == 0
    here.leave(bob.pk, tom.public_id)
    assert here.write() == 1
    assert others(tom, alice) == {}
    assert others(tom, bob) == {"Alice": False}
    assert others(tom, people.ann()) == {}


def test_while_nobody_comes_or_goes_nothing_is_written() -> None:
    here, tom, alice = Here(), scene.wrote("Tom", "No signal"), people.alice()
    here.come(people.bob().pk, tom.public_id)
    here.write()
    with CaptureQueriesContext(connection) as quiet:
        for _second in range(10):
            here.typed(alice.pk, tom.public_id)
            here.write()
    assert len(quiet) == 0


def test_a_door_that_died_keeps_nobody_there(monday: datetime) -> None:
    dead, other, tom = Here(), Here(), scene.wrote("Tom", "No signal")
    dead.come(people.bob().pk, tom.public_id)
    dead.write()
    with clock.standing(monday + timedelta(seconds=50)):
        assert others(tom, people.alice()) == {"Bob": False}
    with clock.standing(monday + timedelta(seconds=70)):
        assert others(tom, people.alice()) == {}
        other.come(people.dan().pk, tom.public_id)
        other.write()
        assert Presence.objects.get().advisor == people.dan()


def test_a_door_that_closes_takes_its_people_along_and_no_stranger_is_written() -> None:
    here, tom = Here(), scene.wrote("Tom", "No signal")
    here.come(people.bob().pk, tom.public_id)
    here.come(people.bob().pk, UUID(int=7))
    here.write()
    assert Presence.objects.count() == 1
    here.clear()
    here.write()
    assert not Presence.objects.exists()
