"""The crisis room shows where it is: a map, and the same as a table."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.crisis.alarm import naming
from rejoinder.crisis.models import Alarm, Places
from rejoinder.plumbing import clock
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def heard() -> None:
    for name, words in (
        ("Tom", "no signal in Leeds, none in Bradford"),
        ("Tina", "Leeds is dead"),
        ("Granny", "nothing in Cardiff"),
    ):
        stage.says(name, words, intent="outage" if name == "Tom" else "praise")
    naming.name()


def test_areas_stand_on_the_map_in_the_table_and_on_the_wall(alice: Client) -> None:
    assert "Where it is" not in text(alice.get(reverse("crisis")))
    heard()

    page = alice.get(reverse("crisis"))

    assert "Yorkshire and the Humber 2 1 Leeds 2, Bradford 1" in text(page)
    sentence = "Most often named: Yorkshire and the Humber, by 2 people. 1 other area is named."
    assert f'aria-label="{sentence}"' in source(page)
    assert 'class="shade-4"' in source(page)
    assert source(page).count('<g class="shade-') == 12
    assert sentence in source(alice.get(reverse("crisis-wall")))


def test_own_places_join_the_map(dan: Client, alice: Client) -> None:
    answer = dan.post(reverse("set-places"), {"own": "Leeds Arena = Arenas", "shipped": "yes"})
    assert answer.status_code == 302
    stage.says("Tom", "out in Leeds Arena")
    naming.name()

    page = source(alice.get(reverse("crisis")))

    assert page.count('<g class="shade-') == 13
    assert "<title>Arenas: 1</title>" in page
    assert "set-places" not in page  # only who steers sets them


def test_what_is_no_place_stays_in_the_field(dan: Client) -> None:
    answer = dan.post(reverse("set-places"), {"own": "Leeds Arena"})

    assert "is no place" in notices(answer)
    assert "Leeds Arena</textarea>" in source(answer)
    assert not Places.objects.exclude(own="").exists()


def test_an_alarm_of_an_area_says_which(alice: Client) -> None:
    now = clock.now()
    Alarm.objects.create(
        area="Wales", at=now, raised_at=now, score=0.9, seconds=600, came=30, usual=2
    )

    assert "30 name Wales in 10 min, usually 2" in text(alice.get(reverse("crisis")))
