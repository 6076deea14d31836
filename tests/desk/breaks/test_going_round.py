"""Abuse goes round: who took three in an hour is given other people first."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions
from rejoinder.desk.breaks import borne
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.plumbing import clock
from tests import people, scene
from tests.web.pages import notices

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def abuse(name: str, need: Need = Need.ABUSE, ago: timedelta = HOUR) -> Conversation:
    talk = scene.wrote(name, "you are all idiots", need=need, ago=ago)
    Mention.objects.filter(pk=scene.last(talk).pk).update(need=need, reading={"abuse": True})
    return talk


def borne_three() -> None:
    for number in range(3):
        actions.take(abuse(f"Rude {number}"), people.alice())


def test_the_next_abusive_one_is_offered_to_bob() -> None:
    borne_three()
    rude = abuse("Rude", Need.SPECIFIC, ago=2 * HOUR)
    tom = scene.wrote("Tom", "my bill", ago=HOUR / 2)
    assert actions.take_next(people.alice()) == tom
    assert actions.take_next(people.alice()) is None
    assert actions.take_next(people.bob()) == rude


def test_who_is_in_urgent_need_is_never_passed_over() -> None:
    borne_three()
    urgent = abuse("Rude", Need.URGENT)
    assert actions.take_next(people.alice()) == urgent


def test_an_hour_later_it_goes_round_again() -> None:
    borne_three()
    rude = abuse("Rude")
    assert borne.spared_until(people.alice()) == clock.now() + HOUR
    assert actions.take_next(people.alice()) is None
    clock.turn(HOUR)
    assert borne.spared_until(people.alice()) is None
    assert actions.take_next(people.alice()) == rude


def test_three_ordinary_ones_are_no_reason() -> None:
    for number in range(4):
        actions.take(scene.wrote(f"Tom {number}", "my bill"), people.alice())
    assert borne.spared_until(people.alice()) is None


def test_a_break_is_proposed() -> None:
    borne_three()
    client = Client()
    client.force_login(
        people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.post(reverse("take-next"), follow=True)
    assert "Until 10:00 it goes to others: take a break." in notices(answer)
