"""The windows that a plan is told: in replies, whatever their unit."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from rejoinder.budget import actions
from rejoinder.budget.usage import windows
from rejoinder.channels.contract import PRIVATE, Limit
from rejoinder.channels.x.x import X
from rejoinder.plumbing import clock
from tests import scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

PURSE = Limit(
    name="purse",
    cap=20,
    window=86_400,
    unit="dollars",
    cost=0.01,
    costs={"link": 0.2, PRIVATE: 0},
    all_clients=False,
)


@pytest.fixture(autouse=True)
def network() -> Iterator[None]:
    with scene.networks(PURSE):
        yield


def send(many: int, kind: str) -> None:
    for _ in range(many):
        kept = actions.reserve(scene.account(), None, None, kind=kind)
        assert kept
        actions.spend(kept.pk)


def left() -> int:
    begins = clock.now() - timedelta(hours=10)
    [window] = windows([scene.account()], clock.now(), begins)
    return window.cap - len(window.past)


def test_money_is_told_in_replies_as_dear_as_they_were_lately() -> None:
    assert left() == 1 + 1980  # the last one may still have a link
    send(100, "")
    assert left() == 1 + 1880
    send(50, "link")
    assert left() == 1 + int(8.8 / (11 / 150))


def test_the_last_reply_may_be_the_dearest_so_less_is_none() -> None:
    send(99, "link")
    assert left() == 1
    send(1, "")
    assert left() == 0
    assert actions.reserve(scene.account(), None, None) is None


def test_each_spend_counts_at_its_moment_and_what_others_spent_as_so_many() -> None:
    with scene.networks(Limit(name="hour", cap=100, window=3600, unit="points", cost=3)):
        account = scene.account()
        [window] = windows([account], clock.now(), clock.now())
        assert (window.cap, len(window.past)) == (33, 0)
        send(2, "")
        [window] = windows([account], clock.now(), clock.now())
        assert (window.cap, window.past.tolist()) == (33, [0.0, 0.0])


def test_on_x_messages_and_posts_are_counted_apart() -> None:
    with scene.networks(*X.limits()):
        account = scene.account()
        for kind, most in ((None, 50), (PRIVATE, 15)):
            kept = [actions.reserve(account, None, None, kind=kind) for _ in range(most + 1)]
            assert [each is not None for each in kept] == [True] * most + [False]
        begins = clock.now() - timedelta(hours=10)
        planned = {each.name for each in windows([account], clock.now(), begins)}
    assert planned == {"quarter", "half-hour", "day", "app", "purse"}
