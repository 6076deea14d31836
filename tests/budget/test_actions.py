"""Room for replies: kept before typing, given back, spent once, and what is left of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from rejoinder.budget import actions, forecast, rules
from rejoinder.budget.correct import correct, may_correct
from rejoinder.budget.models import Allowance, LimitRule, Reservation, Spend
from rejoinder.channels.contract import Limit
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db

HOUR = Limit(name="hour", cap=3, window=3600)
POINTS = Limit(name="points an hour", cap=10, window=3600, unit="points", cost=3)
SPENDING = Limit(name="purse", cap=0.05, window=86_400, unit="pounds", cost=0.015)
TEN = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks(HOUR):
        yield


def use(account: Account, times: int = 1) -> int:
    """Reserve and spend; how many were given."""
    given = 0
    for _ in range(times):
        kept = actions.reserve(account, None, None)
        if kept:
            actions.start(kept.pk)
            given += actions.spend(kept.pk)
    return given


def test_the_fourth_of_three_waits_until_the_first_has_left_the_hour() -> None:
    account = scene.account()
    assert use(account, 4) == 3
    frees = forecast.when(account)
    assert frees == clock.now() + timedelta(hours=1, seconds=2, microseconds=1)
    clock.turn(timedelta(hours=1, seconds=2))
    assert use(account) == 0
    clock.turn(timedelta(microseconds=1))
    assert use(account, 4) == 3


def test_what_is_kept_for_a_draft_nobody_else_gets() -> None:
    account, alice = scene.account(), people.alice()
    kept = actions.reserve(account, alice, clock.now() + TEN)
    assert kept is not None
    assert kept.advisor == alice
    assert use(account, 3) == 2
    assert actions.release(kept.pk)
    assert use(account) == 1


def test_room_is_given_back_once() -> None:
    account = scene.account()
    kept = actions.reserve(account, None, clock.now() + TEN)
    assert kept is not None
    assert actions.release(kept.pk)
    assert not actions.release(kept.pk)
    assert not actions.spend(kept.pk)
    assert Allowance.objects.get().reserved == 0


def test_an_attempt_is_spent_once_and_can_no_longer_be_released() -> None:
    kept = actions.reserve(scene.account(), None, clock.now() + TEN)
    assert kept is not None
    assert actions.start(kept.pk)
    assert not actions.start(kept.pk)
    assert not actions.release(kept.pk)
    assert not actions.renew(kept.pk, clock.now())
    clock.turn(TEN * 2)
    assert actions.expire() == 0
    assert actions.spend(kept.pk)
    assert not actions.spend(kept.pk)
    assert Spend.objects.count() == 1


def test_room_ends_ten_minutes_after_the_last_save() -> None:
    account = scene.account()
    kept = actions.reserve(account, None, clock.now() + TEN)
    assert kept is not None
    clock.turn(TEN - timedelta(seconds=1))
    assert actions.renew(kept.pk, clock.now() + TEN)
    clock.turn(timedelta(seconds=1))
    assert actions.expire() == 0
    clock.turn(TEN)
    assert actions.expire() == 1
    assert not actions.renew(kept.pk, clock.now() + TEN)
    assert use(account, 4) == 3


def test_all_units_or_none() -> None:
    with scene.networks(POINTS, SPENDING):
        account = scene.account()
        assert use(account, 4) == 3
        assert {(a.unit, a.spent, a.reserved) for a in Allowance.objects.all()} == {
            ("points", 9_000_000, 0),
            ("pounds", 45_000, 0),
        }


def test_a_tenth_of_a_penny_never_drifts() -> None:
    with scene.networks(Limit(name="purse", cap=1, window=86_400, unit="pounds", cost=0.001)):
        assert use(scene.account(), 20) == 20
        assert forecast.left(scene.account())[0].left == 0.98
        assert forecast.left(scene.account())[0].replies == 980


def test_after_a_refusal_nothing_is_granted_until_the_platform_said() -> None:
    account = scene.account()
    actions.hold(account, 600, "Rate limit exceeded")
    assert actions.reserve(account, None, None) is None
    assert forecast.replies_left(account) == 0
    assert forecast.when(account) == actions.closed(account) == clock.now() + TEN
    actions.hold(account, 60, "Again")
    assert actions.closed(account) == clock.now() + TEN
    clock.turn(TEN)
    assert actions.closed(account) is None
    assert use(account) == 1


def test_a_database_in_trouble_grants_nothing() -> None:
    account = scene.account()
    rules.adopt(account)
    trouble = mock.patch.object(Reservation.objects, "create", side_effect=DatabaseError)
    with trouble, pytest.raises(DatabaseError):
        actions.reserve(account, None, None)
    assert Allowance.objects.get().reserved == 0
    assert not Reservation.objects.exists()


def test_a_transaction_that_fails_gives_its_room_back() -> None:
    account = scene.account()
    rules.adopt(account)
    with transaction.atomic():
        assert actions.reserve(account, None, None)
        transaction.set_rollback(True)
    assert Allowance.objects.get().reserved == 0


def test_what_is_left_is_told_for_each_limit() -> None:
    day = Limit(name="day", cap=4, window=86_400, alignment="fixed")
    with scene.networks(HOUR, day):
        account = scene.account()
        use(account, 2)
        actions.reserve(account, None, clock.now() + TEN)
        hour, daily = forecast.left(account)
        assert (hour.name, hour.used, hour.reserved, hour.left, hour.replies) == (
            "hour",
            2,
            1,
            0,
            0,
        )
        assert hour.frees_at == clock.now() + timedelta(hours=1, seconds=2, microseconds=1)
        assert (daily.left, daily.replies, daily.frees_at) == (1, 1, None)
        assert forecast.replies_left(account) == 0


def test_the_rest_is_forecast_through_several_windows() -> None:
    account = scene.account()
    use(account, 3)
    step = timedelta(hours=1, seconds=2, microseconds=1)
    assert forecast.when(account, 3) == clock.now() + step
    assert forecast.when(account, 4) == clock.now() + 2 * step
    assert forecast.when(account, 9) == clock.now() + 3 * step


def test_a_channel_without_limits_is_always_open() -> None:
    account = scene.account()
    with mock.patch.object(scene.Notebook, "allows", ()):
        assert use(account, 20) == 20
        assert forecast.left(account) == ()
        assert forecast.replies_left(account) is None
        assert forecast.when(account, 100) == clock.now()


def test_a_corrected_cap_stays_when_the_channel_is_connected_again() -> None:
    account = scene.account()
    rules.adopt(account)
    correct(account, people.olga(), "hour", 1)
    rules.adopt(account)
    assert use(account, 3) == 1
    assert forecast.left(account)[0].source == "corrected"
    assert [rule.source for rule in LimitRule.objects.order_by("id")] == ["published", "corrected"]
    assert AuditLine.objects.get().action == "corrected a limit of"


def test_room_above_a_lower_cap_goes_back_but_not_what_is_being_sent() -> None:
    account = scene.account()
    kept = [actions.reserve(account, None, None) for _ in range(3)]
    sending = kept[2]
    assert sending is not None
    actions.start(sending.pk)
    correct(account, people.olga(), "hour", 2)
    assert list(Reservation.objects.order_by("id")) == [kept[0], sending]
    assert actions.reserve(account, None, None) is None


def test_only_who_connects_accounts_corrects_their_limits() -> None:
    account = scene.account()
    rules.adopt(account)
    for nobody in (people.alice(), people.dan(), people.ann(), people.charlie()):
        assert not may_correct(nobody)
        with pytest.raises(access.NotAllowedError):
            correct(account, nobody, "hour", 100)


def test_a_channel_that_changes_its_limits_is_believed() -> None:
    account = scene.account()
    rules.adopt(account)
    with scene.networks(Limit(name="hour", cap=1, window=60, alignment="fixed")):
        rules.adopt(account)
    [rule] = rules.believed(account, clock.now())
    assert (rule.cap, rule.window, rule.fixed) == (1_000_000, timedelta(minutes=1), True)


def test_forgetting_old_spends_forgets_no_room_and_gives_none() -> None:
    account = scene.account()
    use(account, 3)
    clock.turn(rules.KEPT + timedelta(hours=2))
    use(account, 2)
    assert rules.forget_spends() == 2
    assert Spend.objects.count() == 3
    assert forecast.left(account)[0].used == 2
    assert use(account, 2) == 1
