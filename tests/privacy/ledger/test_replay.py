"""The ledger is hashed again: what was changed, taken out, moved or cut off is found."""

import random
from typing import Any

import pytest
from django.db import connection

from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.append import writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.models import LedgerEntry, LedgerHead, LedgerNode, LedgerSet

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


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_done_to_the_rows_shows(seed: int) -> None:
    fill()
    kept = [heads.now()]
    fill(3)
    _tamper(random.Random(seed))
    assert Replay(kept).problems


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


def _tamper(chance: random.Random) -> None:
    place = chance.randrange(1, SIZE - 1)
    row: Any = LedgerEntry.objects.get(place=place)
    does = chance.randrange(6)
    if does == 0:
        row.delete()
    elif does == 1:
        LedgerEntry.objects.filter(place__gte=place).exclude(ledgerset=None).update(at=0)
        LedgerEntry.objects.filter(place__gte=place, ledgerset=None).delete()
    elif does == 2:
        other = LedgerEntry.objects.get(place=place - 1)
        LedgerEntry.objects.filter(place=place).update(at=other.at, subject=other.subject)
    elif does == 3:
        LedgerEntry.objects.filter(place=place).update(chain=bytes(32))
    elif does == 4:
        LedgerNode.objects.filter(number=chance.randrange(2)).update(hash=bytes(32))
    else:
        LedgerHead.objects.update(size=place)
