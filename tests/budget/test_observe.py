"""What platforms say corrects what the desk believes: headers, refusals, other clients."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from rejoinder.budget import actions, forecast, rules
from rejoinder.budget.correct import correct
from rejoinder.budget.models import Allowance, Reservation, Source, Spend
from rejoinder.budget.observe import ESTIMATED, observe, refused, seen
from rejoinder.budget.window import GUARD
from rejoinder.channels.contract import Limit, Observed
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock
from tests import people, scene

pytestmark = pytest.mark.django_db

HOUR = Limit(name="hour", cap=10, window=3600)
DAY = Limit(name="day", cap=40, window=86_400)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks(HOUR, DAY):
        yield


def use(account: Account, times: int = 1) -> int:
    """How many of so many replies found room; each is sent at once."""
    given = 0
    for _ in range(times):
        kept = actions.reserve(account, None, None)
        if kept and actions.start(kept.pk, ""):
            given += actions.spend(kept.pk)
    return given


def left(account: Account, name: str = "hour") -> float:
    return next(each.left for each in forecast.left(account) if each.name == name)


def cap(account: Account, name: str = "hour") -> tuple[float, str]:
    return next((each.cap, each.source) for each in forecast.left(account) if each.name == name)


def told(remaining: float | None, limit: float = 10, name: str = "hour") -> list[Observed]:
    return [Observed(name=name, limit=limit, remaining=remaining)]


def test_when_less_remains_than_we_thought_others_used_it() -> None:
    account = scene.account()
    observe(account, told(remaining=3))
    assert (left(account), left(account, "day")) == (3, 33)
    assert use(account, 5) == 3
    observe(account, told(remaining=0))
    assert Spend.objects.count() == 4
    clock.turn(timedelta(hours=1, seconds=3))
    assert left(account) == 10


def test_when_more_remains_than_we_thought_we_keep_our_own_count() -> None:
    account = scene.account()
    use(account, 4)
    observe(account, told(remaining=9))
    assert left(account) == 6


def test_attempts_under_way_are_not_taken_for_others() -> None:
    account = scene.account()
    for _ in range(3):
        kept = actions.reserve(account, None, None)
        assert kept is not None
        actions.start(kept.pk, "")
    observe(account, told(remaining=7))
    assert not Spend.objects.exists()
    observe(account, told(remaining=5))
    assert left(account) == 5


def test_drafts_lose_their_room_the_newest_first_when_others_were_quicker() -> None:
    account = scene.account()
    kept = [actions.reserve(account, None, clock.now() + timedelta(minutes=9)) for _ in range(4)]
    observe(account, told(remaining=2))
    assert list(Reservation.objects.order_by("id")) == kept[:2]
    assert use(account) == 0


def test_a_cap_that_the_platform_states_is_believed_at_once_and_said_so() -> None:
    account = scene.account()
    observe(account, told(remaining=None, limit=4))
    assert cap(account) == (4, Source.TOLD)
    assert use(account, 9) == 4
    clock.turn(timedelta(hours=2))
    observe(account, told(remaining=None, limit=6))
    clock.turn(GUARD)
    assert use(account, 9) == 6
    before = rules.believed(account, clock.now() - timedelta(hours=1))
    assert [rule.cap for rule in before] == [4_000_000, 40_000_000]


def test_a_number_that_is_of_no_limit_of_ours_changes_nothing() -> None:
    account = scene.account()
    observe(account, [Observed(limit=3000, remaining=0, window=300)])
    observe(account, [Observed(limit=20, remaining=0)])
    observe(account, [Observed(name="app", share_used=1.0)])
    observe(account, [Observed(limit=10, remaining=2, resets_at=clock.now() + timedelta(days=3))])
    assert (left(account), cap(account)) == (10, (10, Source.PUBLISHED))


def test_a_share_is_of_the_cap_we_believe() -> None:
    account = scene.account()
    observe(account, [Observed(name="hour", share_used=0.75)])
    assert left(account) == 2.5


def test_a_persons_cap_is_lowered_by_the_platform_and_never_raised() -> None:
    account = scene.account()
    rules.adopt(account)
    correct(account, people.olga(), "hour", 5)
    observe(account, told(remaining=None, limit=9))
    assert cap(account) == (5, Source.CORRECTED)
    observe(account, told(remaining=None, limit=2))
    assert cap(account) == (2, Source.TOLD)


def test_a_refusal_without_a_reason_is_met_once_and_the_estimate_passes() -> None:
    account = scene.account()
    assert use(account, 7) == 7
    refused(account, 600, "Slow down")
    assert cap(account) == (6, Source.ESTIMATED)
    clock.turn(timedelta(minutes=20))
    assert use(account) == 0
    clock.turn(timedelta(minutes=41))
    assert use(account, 9) == 6
    clock.turn(ESTIMATED)
    assert cap(account) == (10, Source.PUBLISHED)


def test_a_refusal_that_the_platform_explains_needs_no_estimate() -> None:
    account = scene.account()
    use(account, 3)
    exhausted = told(remaining=0, limit=2)
    observe(account, exhausted)
    refused(account, 600, "Slow down", exhausted)
    assert cap(account) == (2, Source.TOLD)
    assert cap(account, "day") == (40, Source.PUBLISHED)


def test_a_post_of_another_client_counts_once_however_we_learn_of_it() -> None:
    account = scene.account()
    seen(account, clock.now())
    assert left(account) == 9
    posted = clock.now() + timedelta(seconds=20)
    clock.turn(timedelta(minutes=1))
    observe(account, told(remaining=7))
    assert left(account) == 7
    seen(account, posted)
    seen(account, posted)
    assert left(account) == 7
    seen(account, posted)
    assert left(account) == 6
    assert Allowance.objects.get().spent == 4_000_000


def test_what_was_told_before_a_post_was_made_cannot_mean_it() -> None:
    account = scene.account()
    observe(account, told(remaining=9))
    clock.turn(timedelta(minutes=1))
    seen(account, clock.now())
    assert left(account) == 8


def test_another_client_spends_nothing_of_what_only_this_desk_uses() -> None:
    purse = Limit(name="purse", cap=1, window=86_400, unit="dollars", all_clients=False)
    shared = Limit(name="hour", cap=10, window=3600)
    with scene.networks(shared, purse):
        account = scene.account()
        seen(account, clock.now())
        assert (left(account), left(account, "purse")) == (9, 1)


def test_what_says_nothing_new_writes_nothing(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    account = scene.account()
    use(account, 4)
    with django_assert_max_num_queries(4) as asked:
        observe(account, told(remaining=6))
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
