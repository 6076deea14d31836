"""Putting a conversation aside from its page, and what sleeps."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.desk.asleep import sleep, wake
from rejoinder.desk.models import Snooze
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def test_one_press_puts_it_aside_and_the_list_has_it(alice: Client) -> None:
    tom = stage.says("Tom", "no signal", minutes_ago=40)
    page = text(alice.get(reverse("conversation", args=[tom.public_id])))
    for offered in ("This evening, 18:00", "Tomorrow, 09:00", "Monday, 09:00", "When they write"):
        assert offered in page

    said = alice.post(reverse("snooze", args=[tom.public_id]), {"until": "tomorrow"}, follow=True)

    assert "Asleep until 3 Mar, 09:00" in notices(said)
    assert "Nobody is waiting." in text(said)
    assert "1 asleep" in text(said)
    listed = text(alice.get(reverse("asleep")))
    assert "Tom" in listed
    assert "Put aside by Alice, 09:00" in listed
    assert "waits since 08:20" in listed


def test_the_time_typed_is_the_advisors_own(alice: Client) -> None:
    tom = stage.says("Tom", "no signal")
    values = {"until": "at", "at": "2026-07-01T10:00"}

    alice.post(reverse("snooze", args=[tom.public_id]), values)

    assert Snooze.objects.get().until.isoformat() == "2026-07-01T09:00:00+00:00"


@pytest.mark.parametrize(
    "pressed", [{}, {"until": "never"}, {"until": "at", "at": "2020-01-01T00:00"}]
)
def test_what_is_no_time_is_said_and_nothing_sleeps(alice: Client, pressed: dict[str, str]) -> None:
    tom = stage.says("Tom", "no signal")

    said = alice.post(reverse("snooze", args=[tom.public_id]), pressed, follow=True)

    assert "time" in notices(said)
    assert not Snooze.objects.exists()


def test_it_is_back_with_the_word_in_the_queue_and_the_history(alice: Client) -> None:
    tom = stage.says("Tom", "no signal")
    sleep.snooze(tom, people.alice(), event="wrote")
    page = text(alice.get(reverse("conversation", args=[tom.public_id])))
    assert "Asleep until they write again, 16 Mar, 09:00 at the latest" in page
    assert "Alice put it aside until they write again, 09:00." in page
    stage.says("Tom", "hello?")
    wake.run()

    assert "Back: they wrote again" in text(alice.get("/"))
    page = text(alice.get(reverse("conversation", args=[tom.public_id])))
    assert "Back 09:00: they wrote again." in page


def test_it_can_be_woken_before_its_time(alice: Client) -> None:
    tom = desk.take(stage.says("Tom", "no signal"), people.alice())
    sleep.snooze(tom, people.alice(), clock.now().replace(hour=18))
    assert "Wake it now" in source(alice.get(reverse("asleep")))

    alice.post(reverse("wake", args=[tom.public_id]))

    assert "Back: a colleague woke it" in text(alice.get("/"))
    assert "Nothing sleeps." in text(alice.get(reverse("asleep")))


def test_of_many_the_next_are_listed_and_all_are_counted(
    alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sleep, "SHOWN", 1)
    for name in ("Tom", "Tina"):
        talk = stage.says(name, "no signal")
        alice.post(reverse("snooze", args=[talk.public_id]), {"until": "tomorrow"})

    listed = text(alice.get(reverse("asleep")))

    assert "2 conversations are put aside" in listed
    assert "The next 1 to come back:" in listed
