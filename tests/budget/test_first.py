"""The first reservation of an account, whose limits are adopted by it, while the clock runs."""

import pytest

from rejoinder.budget import actions
from tests import people
from tests.web import stage


@pytest.mark.django_db
def test_it_may_start_at_once() -> None:
    kept = actions.reserve(stage.account(), people.alice(), None)
    assert kept is not None
    assert kept.costs
    assert actions.start(kept.pk)
