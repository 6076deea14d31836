"""The first reservation of an account, whose limits are adopted by it, while the clock runs."""

import pytest

from rejoinder.budget import actions, rules
from rejoinder.channels.contract import Limit
from tests import people
from tests.web import stage


@pytest.mark.django_db
def test_it_may_start_at_once() -> None:
    kept = actions.reserve(stage.account(), people.alice(), None)
    assert kept is not None
    assert kept.costs
    assert actions.start(kept.pk)


@pytest.mark.django_db
def test_an_account_may_start_from_other_limits_than_its_channel_declares() -> None:
    account = stage.account()
    rules.adopt(account, [Limit(name="a day", cap=1, window=86_400)])

    assert actions.reserve(account, people.alice(), None)
    assert not actions.reserve(account, people.alice(), None)
    assert [rule.name for unit in rules.units(account) for rule in unit.rules] == ["a day"]
