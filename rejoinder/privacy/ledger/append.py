"""Writing to the ledger: at its end, one writer at a time, in the transaction of the caller."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec
from django.db import connection, transaction

from rejoinder.plumbing import clock
from rejoinder.plumbing.merkle.frontier import Frontier, Node
from rejoinder.privacy.ledger.entry import START, Entry, leaf, link, set_hash
from rejoinder.privacy.models import LedgerEntry, LedgerHead, LedgerNode, LedgerSet

TILE = 8  # levels from one stored node to the next: a proof reads 256 leaves at most
_ROWS = 1000  # in one statement


@contextmanager
def writing() -> Iterator["Writer"]:
    """Alone at the end of the ledger; what is written is on the disk when the block ends.

    RuntimeError within a transaction: what rolls back would take the entry with it.
    """
    with _on_the_disk(), transaction.atomic(durable=True):
        writer = Writer()
        yield writer
        writer.close()


class Writer:
    """The end of the ledger, its row locked until the transaction ends."""

    def __init__(self) -> None:
        locked = LedgerHead.objects.select_for_update()
        head = locked.filter(pk=1).first()
        if head is None:  # the first entry of all
            LedgerHead.objects.get_or_create(pk=1, defaults={"chain": START, "frontier": b""})
            head = locked.get(pk=1)
        self._head = head
        self._edge = Frontier.of(self._head.size, bytes(self._head.frontier))
        self._chain = bytes(self._head.chain)
        self._rows: list[LedgerEntry] = []
        self._nodes: list[Node] = []
        self._sets: list[LedgerSet] = []

    def add(self, entry: Entry, subjects: Sequence[str] = ()) -> int:
        """One entry more, and its place; `subjects` are the exact set of a bulk job."""
        place = self._edge.size
        if subjects:
            listed = "\n".join(sorted(subjects))
            entry = msgspec.structs.replace(entry, many=len(subjects), members=set_hash(listed))
            self._sets.append(LedgerSet(entry_id=place, subjects=zlib.compress(listed.encode(), 1)))
        hashed = leaf(place, entry)
        self._chain = link(self._chain, hashed)
        self._nodes += [
            node for node in self._edge.add(hashed) if node.level and not node.level % TILE
        ]
        values = msgspec.structs.asdict(entry)
        self._rows.append(LedgerEntry(place=place, chain=self._chain, **values))
        return place

    def close(self) -> None:
        """Write the rows."""
        if not self._rows:
            return
        LedgerEntry.objects.bulk_create(self._rows, batch_size=_ROWS)
        LedgerSet.objects.bulk_create(self._sets)
        LedgerNode.objects.bulk_create([LedgerNode(**node._asdict()) for node in self._nodes])
        self._head.size, self._head.chain = self._edge.size, self._chain
        self._head.frontier = self._edge.packed
        self._head.save(update_fields=["size", "chain", "frontier"])


def micros(at: datetime | None = None) -> int:
    """A moment as entries hold it; now by default."""
    return round((at or clock.now()).timestamp() * 1_000_000)


def at(micros: int) -> datetime:
    """The moment that an entry holds."""
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


@contextmanager
def _on_the_disk() -> Iterator[None]:
    """On SQLite a commit waits for the disk only if told to, and not in mid-transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("The ledger is not written within a transaction.")
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(before)}")
