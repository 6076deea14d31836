"""Two leads publish at the same moment: both are in the log, each in a place of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from rejoinder.answers import actions
from rejoinder.answers.models import Leaf, Revision
from rejoinder.answers.record import differing
from rejoinder.answers.refusals import CannotError
from tests import people
from tests.answers.newsroom import opened, written

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
def test_no_place_is_given_twice_and_none_is_left_out() -> None:
    drafts = [written(opened(f"Answer {number}")) for number in range(AT_ONCE)]
    lead, ready = people.dan(), Barrier(AT_ONCE)

    def publish(draft: Revision) -> None:
        try:
            ready.wait(10)
            actions.publish(draft, lead)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(publish, drafts))

    assert sorted(Leaf.objects.values_list("place", flat=True)) == list(range(AT_ONCE))
    assert differing() == []


@pytest.mark.django_db(transaction=True)
def test_one_draft_is_published_once() -> None:
    draft, lead, ready = written(opened()), people.dan(), Barrier(2)

    def publish(_: int) -> bool:
        try:
            ready.wait(10)
            actions.publish(draft, lead)
        except CannotError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, range(2))) == [False, True]
    assert Leaf.objects.count() == 1
