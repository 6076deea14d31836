"""A path proves an entry to whoever has the head, and proves no other."""

import base64
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from rejoinder.plumbing.merkle.verify import included
from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.append import writing
from rejoinder.privacy.ledger.entry import Entry, leaf
from rejoinder.privacy.ledger.proofs import of, of_openings

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN, ENDED = datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)


def fill(size: int) -> None:
    with writing() as ledger:
        for number in range(size - 1):
            purpose = "callback" if number % 9 == 0 else "marketing"
            ledger.add(Entry(at=number, kind="opened", subject="s", field="phone", purpose=purpose))
        ledger.add(Entry(at=size, kind="opened", field="phone", purpose="callback"), ["a", "b"])


def proved(one: dict[str, Any], head: heads.Head, **changed: Any) -> bool:
    """As somebody outside checks it."""
    path = base64.b64decode(one["path"])
    parts = [path[at : at + 32] for at in range(0, len(path), 32)]
    entry = msgspec.convert({**one["entry"], **changed}, Entry)
    hashed = leaf(one["place"], entry)
    return included(hashed, one["place"], head.size, parts, bytes.fromhex(head.root))


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 513, 1100])
def test_every_entry_is_proved_and_nothing_else(size: int) -> None:
    fill(size)
    head = heads.now()
    places = range(0, size, max(1, size // 40))
    for one in of(places, size):
        assert proved(one, head)
        assert not proved(one, head, subject="other")
        assert len(base64.b64decode(one["path"])) <= 1000


def test_each_opening_that_counts_has_its_path() -> None:
    fill(300)
    found = of_openings("callback", "phone", BEGAN, ENDED, 300)
    assert [one["place"] for one in found] == [*range(0, 299, 9), 299]
    assert all(proved(one, heads.now()) for one in found)
    assert found[-1]["entry"]["many"] == 2
