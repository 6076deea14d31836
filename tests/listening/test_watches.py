"""Watches are loaded once and again when something changed; hits are kept once."""

import pytest

from rejoinder.channels.models import Account
from rejoinder.listening import watches
from rejoinder.listening.models import Caught, Watch
from rejoinder.listening.watch.parse import ParseError
from rejoinder.listening.watches import _Said
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def said(text: str, account: int | None = None, handle: str = "@tom") -> _Said:
    return _Said(text, handle, "en", account)


def ours(name: str) -> Account:
    return Account.objects.create(
        channel="pretend", external_id=name, handle=f"@{name}", connected_at=clock.now()
    )


def test_what_was_loaded_stays_until_something_changes() -> None:
    first = watches.load()
    assert watches.load() is first

    row = watches.write(people.dan(), None, "Us", "northwind", None)
    second = watches.load()
    assert second.caught([said("Northwind!"), said("x")]) == [(row.pk,), ()]

    watches.switch(people.dan(), row, on=False)
    assert watches.load().caught([said("northwind")]) == [()]


def test_our_own_accounts_are_caught_by_none() -> None:
    row = watches.write(people.dan(), None, "Us", "northwind", None)
    assert watches.load().caught([said("northwind", handle="@brand")]) == [(row.pk,)]
    ours("brand")
    assert watches.load().caught([said("northwind", handle="@Brand")]) == [()]


def test_a_watch_of_one_account_looks_at_what_came_through_it() -> None:
    account = ours("brand")
    row = watches.write(people.olga(), None, "Us", "northwind", account)
    heard = [said("northwind", account.pk), said("northwind"), said("northwind", account.pk + 1)]
    assert watches.load().caught(heard) == [(row.pk,), (), ()]


def test_a_watch_that_cannot_be_read_stops_no_other_and_looks_at_nothing() -> None:
    Watch.objects.create(name="old", words="((", created_at=clock.now())
    assert not watches.load().looks_at(None)
    row = watches.write(people.dan(), None, "Us", "northwind", None)
    assert watches.load().caught([said("northwind")]) == [(row.pk,)]


def test_it_is_known_which_accounts_are_looked_at() -> None:
    one, other = ours("brand"), ours("brand-help")
    watches.write(people.olga(), None, "Us", "northwind", one)
    enabled = watches.load()
    assert (enabled.looks_at(one.pk), enabled.looks_at(other.pk)) == (True, False)
    assert not enabled.looks_at(None)
    watches.write(people.olga(), None, "All", "northwind", None)
    assert watches.load().looks_at(other.pk)


def test_who_may_not_and_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(NotAllowedError):
        watches.write(people.alice(), None, "Us", "northwind", None)
    with pytest.raises(ParseError):
        watches.write(people.dan(), None, "Us", "(northwind", None)
    assert not Watch.objects.exists()


def test_a_hit_is_kept_once() -> None:
    row = watches.write(people.dan(), None, "Us", "northwind", None)
    for _ in range(2):
        watches.keep([(1, (row.pk,)), (2, ())], clock.now())
    assert Caught.objects.filter(mention_id=1).count() == 1
    assert [vars(one)["lately"] for one in watches.listed(people.alice())] == [1]
    Caught.objects.all().delete()  # there is no such mention
