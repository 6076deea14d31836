"""Limits with a date, a scope and a price by kind, on real tables."""

from datetime import datetime, timedelta

import pytest

from rejoinder.budget import actions, forecast, rules
from rejoinder.budget.correct import correct
from rejoinder.budget.models import Allowance, Reservation, Spend
from rejoinder.budget.window import GUARD
from rejoinder.channels.contract import PRIVATE, Limit
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = pytest.mark.django_db

HOUR = Limit(name="hour", cap=3, window=3600)
PURSE = Limit(
    name="purse",
    cap=1,
    window=86_400,
    alignment="fixed",
    unit="dollars",
    cost=0.015,
    costs={"link": 0.2, "summoned": 0.01, PRIVATE: 0},
    all_clients=False,
)
LETTERS = Limit(name="letters", cap=2, window=3600, unit="letters", cost=0, costs={PRIVATE: 1})
ONCE = Limit(
    name="once",
    cap=1,
    window=7 * 86_400,
    unit="letters of one",
    cost=0,
    costs={PRIVATE: 1},
    scope="conversation",
)


def use(account: Account, times: int, kind: str | None = "", about: str = "") -> int:
    """How many of so many replies found room; each is sent at once."""
    given = 0
    for _ in range(times):
        kept = actions.reserve(account, None, None, kind=kind, about=about)
        if kept and actions.start(kept.pk, kind):
            given += actions.spend(kept.pk)
    return given


def second() -> Account:
    return Account.objects.create(
        channel="notebook", external_id="other", handle="@other", connected_at=clock.now()
    )


def test_a_limit_changes_at_its_date_and_the_lower_one_holds_around_it(monday: datetime) -> None:
    noon = monday.replace(hour=12)
    later = Limit(name="hour", cap=1, window=3600, valid_from=noon)
    with scene.networks(HOUR, later):
        account = scene.account()
        clock.turn(noon - clock.now() - timedelta(seconds=3))
        assert use(account, 2) == 2
        clock.turn(timedelta(seconds=1))
        assert use(account, 1) == 0
        assert [rule.cap for rule in rules.believed(account, noon)] == [1_000_000]
        before = noon - timedelta(seconds=1)
        assert [rule.cap for rule in rules.believed(account, before)] == [3_000_000]


def test_room_kept_before_a_change_is_asked_for_again_after_it(monday: datetime) -> None:
    noon = monday.replace(hour=12)
    with scene.networks(HOUR, Limit(name="hour", cap=1, window=3600, valid_from=noon)):
        account = scene.account()
        kept = [actions.reserve(account, None, None) for _ in range(3)]
        clock.turn(noon - clock.now())
        assert [actions.start(each.pk) for each in kept if each] == [False, False, False]
        assert Allowance.objects.get().reserved == 0
        assert use(account, 3) == 1


def test_what_was_believed_stays_on_record(monday: datetime) -> None:
    with scene.networks(HOUR):
        account = scene.account()
        rules.adopt(account)
        clock.turn(timedelta(hours=1))
        correct(account, people.olga(), "hour", 7)
        clock.turn(timedelta(hours=1))
        correct(account, people.olga(), "hour", 5)
        caps = [
            [rule.cap // 1_000_000 for rule in rules.believed(account, monday + hours)]
            for hours in (timedelta(minutes=30), timedelta(hours=1.5), timedelta(hours=3))
        ]
        assert caps == [[3], [7], [5]]


def test_a_limit_of_the_app_is_shared_by_its_accounts(monday: datetime) -> None:
    with scene.networks(HOUR, Limit(name="app", cap=4, window=3600, unit="calls", scope="app")):
        one, other = scene.account(), second()
        assert (use(one, 4), use(other, 4)) == (3, 1)
        correct(other, people.olga(), "app", 9)
        clock.turn(GUARD)
        assert (use(one, 1), use(other, 4)) == (0, 2)  # each has its own three an hour
        assert [each.name for each in forecast.left(one)] == ["hour", "app"]


def test_a_link_costs_more_the_dearest_is_reserved_and_the_real_one_paid(monday: datetime) -> None:
    with scene.networks(PURSE):
        account = scene.account()
        kept = actions.reserve(account, None, None)
        assert kept is not None
        assert Allowance.objects.get().reserved == 200_000
        assert actions.start(kept.pk, "")
        assert Allowance.objects.get().reserved == 15_000
        assert actions.spend(kept.pk)
        purse = Allowance.objects.get()
        assert (purse.spent, purse.reserved) == (15_000, 0)
        assert use(account, 9, "link") == 4
        assert use(account, 99, "summoned") == (1_000_000 - 815_000) // 10_000


def test_what_was_written_dearer_than_its_room_is_asked_for_again(monday: datetime) -> None:
    with scene.networks(PURSE):
        account = scene.account()
        kept = actions.reserve(account, None, None, kind="")
        assert kept is not None
        assert not actions.start(kept.pk, "link")
        assert not Reservation.objects.exists()
        assert Allowance.objects.get().reserved == 0


def test_private_replies_have_an_allowance_of_their_own(monday: datetime) -> None:
    with scene.networks(HOUR, LETTERS):
        account = scene.account()
        assert use(account, 5) == 3
        assert forecast.replies_left(account) == 0
        letters = next(each for each in forecast.left(account) if not each.public)
        assert (letters.replies, letters.cost) == (2, 1)


def test_one_private_reply_for_each_conversation(monday: datetime) -> None:
    free = Limit(name="hour", cap=9, window=3600, costs={PRIVATE: 0})
    with scene.networks(free, LETTERS, ONCE):
        account = scene.account()
        assert use(account, 2, PRIVATE, "tom") == 1
        assert use(account, 2, PRIVATE, "tina") == 1
        assert use(account, 1, PRIVATE, "sam") == 0  # two an hour
        assert use(account, 9) == 9
        clock.turn(timedelta(hours=2))
        assert use(account, 1, PRIVATE, "tom") == 0  # once a week
        clock.turn(timedelta(days=15))
        rules.forget_spends()
        assert not Allowance.objects.filter(holder__startswith="conversation:").exists()
        assert use(account, 1, PRIVATE, "tom") == 1


def test_a_conversation_that_is_not_named_is_one_all_the_same(monday: datetime) -> None:
    with scene.networks(ONCE):
        assert use(scene.account(), 3, PRIVATE) == 1


def test_forgetting_leaves_what_a_window_still_asks_for(monday: datetime) -> None:
    with scene.networks(Limit(name="month", cap=2, window=30 * 86_400)):
        account = scene.account()
        assert use(account, 3) == 2
        clock.turn(timedelta(days=29))
        rules.forget_spends()
        assert Spend.objects.count() == 2
        assert use(account, 1) == 0
