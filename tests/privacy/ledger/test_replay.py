"""The ledger is hashed again: what was changed, taken out, moved or cut off is found."""

import random

import pytest
from django.db import connection, transaction

from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.append import writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.models import LedgerEntry, LedgerHead, LedgerSet
from tests.privacy import tamper

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 600  # more than two tiles of 256


def fill(size: int = SIZE) -> None:
    with writing() as ledger:
        for number in range(size - 1):
            ledger.add(Entry(at=number, kind="opened", subject=f"s{number % 7}", field="phone"))
        ledger.add(Entry(at=size, kind="opened", field="phone"), ["b", "a"])


def test_an_untouched_ledger_is_whole() -> None:
    fill()
    fill(1)
    found = Replay([heads.now()])
    assert (found.problems, found.head) == ([], heads.now())
    assert found.head.size == SIZE + 1


def test_an_empty_ledger_is_whole() -> None:
    assert Replay().problems == []


def change(table: str, column: str, value: str, where: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE privacy_ledger{table} SET {column} = {value} WHERE {where}")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "at + 1"),
        ("kind", "'refused'"),
        ("subject", "'x'"),
        ("field", "'email'"),
        ("purpose", "'callback'"),
        ("actor", "'x'"),
        ("why", "'x'"),
        ("detail", "'x'"),
        ("system", "'x'"),
        ("many", "many + 1"),
        ("members", "'x'"),
    ],
)
@pytest.mark.parametrize("place", [0, 300, SIZE - 1])
def test_every_column_of_every_entry_counts(column: str, value: str, place: int) -> None:
    fill()
    change("entry", column, value, f"place = {place}")
    assert Replay().problems[0].place == place


def test_whatever_is_done_to_the_rows_shows() -> None:
    _tampered(120)


def test_whatever_is_done_to_a_small_ledger_shows() -> None:
    """The one that the benchmark tampers with a hundred thousand times."""
    with tamper.small():
        _tampered(300)


def _tampered(times: int) -> None:
    tamper.fill()
    kept, chance, did = [heads.now()], random.Random(1), set()
    assert Replay(kept).problems == []
    for _ in range(times):
        with transaction.atomic():
            did.add(what := tamper.tamper(chance))
            assert Replay(kept).problems, what
            transaction.set_rollback(True)
    assert len(did) == len(tamper.DOES)
    assert Replay(kept).problems == []


def test_a_ledger_cut_off_and_hashed_anew_shows_against_a_head_kept_elsewhere() -> None:
    fill(5)
    kept = heads.now()
    LedgerSet.objects.all().delete()
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.all().delete()
    fill(4)
    assert Replay().problems == []
    assert Replay([kept]).problems == [(4, "a head that was kept elsewhere tells of an entry here")]


def test_a_changed_set_shows() -> None:
    fill(3)
    LedgerSet.objects.update(subjects=b"nothing")
    assert Replay().problems == [(2, "the set of people is not what was written")]
