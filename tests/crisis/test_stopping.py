"""The brakes, and what the timeline says of them."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from rejoinder.crisis import actions
from rejoinder.crisis.models import Entry
from rejoinder.outbox import lock as locks
from rejoinder.outbox import pause as pauses
from rejoinder.outbox.pause import LookAgainError
from rejoinder.team.access import NotAllowedError
from tests import scene
from tests.people import alice, dan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def written() -> list[tuple[str, str]]:
    lines = Entry.objects.exclude(did="declared").order_by("id")
    return [(line.crisis.name, line.did) for line in lines]


def test_every_open_crisis_writes_down_who_paused_and_resumed() -> None:
    actions.stand_down(actions.declare(dan(), "Old"), dan(), "over")
    actions.declare(dan(), "Outage")
    actions.declare(dan(), "Leak")
    for _ in range(2):
        actions.pause(dan(), "crisis")
    assert pauses.paused() is not None
    actions.resume(dan(), 0)
    assert pauses.paused() is None
    assert written() == [
        ("Old", "stood-down"),
        ("Outage", "paused"),
        ("Leak", "paused"),
        ("Outage", "resumed"),
        ("Leak", "resumed"),
    ]


def test_a_pause_without_a_crisis_is_a_pause() -> None:
    actions.pause(dan(), "something is wrong")
    assert pauses.paused() is not None
    assert written() == []


def test_resuming_another_number_than_was_shown_changes_nothing() -> None:
    actions.declare(dan(), "Outage")
    actions.pause(dan(), "crisis")
    with pytest.raises(LookAgainError):
        actions.resume(dan(), 6)
    assert pauses.paused() is not None
    assert written() == [("Outage", "paused")]


def test_an_account_is_locked_and_a_strange_post_on_it_is_written_down() -> None:
    crisis, account = actions.declare(dan(), "Outage"), scene.account()
    for _ in range(2):
        actions.lock(account, dan(), "somebody posts as us")
    strange = scene.wrote("Brand", "Free phones for everybody")
    assert locks.alarm(scene.last(strange)) is not None
    actions.unlock(account, dan())
    actions.unlock(account, dan())
    assert [did for _, did in written()] == ["locked", "stranger", "unlocked"]
    line = crisis.entries.get(did="stranger")
    assert (line.by, line.kind, line.detail["account"]) == (None, "known", "@brand")


def test_an_advisor_pauses_planned_posts_and_stops_nothing_else() -> None:
    assert actions.may_pause(alice())
    assert not actions.may_stop(alice())
    actions.pause(alice(), "x")
    steps: list[Callable[[], object]] = [
        lambda: actions.resume(alice(), 0),
        lambda: actions.lock(scene.account(), alice(), "x"),
        lambda: actions.unlock(scene.account(), alice()),
    ]
    for step in steps:
        with pytest.raises(NotAllowedError):
            step()
