"""What is kept of an account comes in pieces, at the same cost however much there is."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.channels.contract import Kept
from rejoinder.channels.models import Account
from rejoinder.listening.hear import kept
from rejoinder.listening.models import Mention

pytestmark = pytest.mark.django_db


def account(handle: str, monday: datetime) -> Account:
    return Account.objects.create(
        channel="x", external_id=handle, handle=handle, connected_at=monday
    )


def said(name: str, monday: datetime, **more: object) -> Mention:
    row = {"channel": "x", "person_id": 1, "thread": name, "text": "no signal"} | more
    return Mention.objects.create(external_id=name, created_at=monday, heard_at=monday, **row)


def all_of(account: Account) -> list[Kept]:
    found: list[Kept] = []
    after, page = -1, kept.piece(account, 0)
    while page.through != after:
        found += page.kept
        after, page = page.through, kept.piece(account, page.through)
    return found


def test_ours_and_those_of_archives_come_and_no_others(
    monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PIECE", 2)
    ours, other = account("brand", monday), account("shop", monday)
    said("1", monday, account=ours, ref={"id": "11"})
    said("2", monday, account=other)
    said("3", monday)
    said("4", monday, account=ours, deleted_at=monday)
    said("5", monday, channel="mastodon")
    said("6", monday, account=ours, ours=True)
    assert all_of(ours) == [Kept("1", {"id": "11"}), Kept("3"), Kept("6")]


def test_where_nothing_is_kept_the_end_is_the_beginning(monday: datetime) -> None:
    page = kept.piece(account("brand", monday), 0)
    assert (page.kept, page.through) == ((), 0)


def test_a_piece_costs_two_queries_that_read_one_stretch(
    monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PIECE", 5)
    ours = account("brand", monday)
    for number in range(12):
        said(str(number), monday, account=ours)
    first = Mention.objects.earliest("id").pk - 1
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(kept.piece(ours, first).kept) == 5
    assert len(asked) == 2
