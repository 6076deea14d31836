"""Going through the whole ledger again: does every row say what was hashed when it was written?"""

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rejoinder.plumbing.merkle.frontier import Frontier, Node
from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.append import TILE
from rejoinder.privacy.ledger.entry import START, Entry, leaf, link, set_hash
from rejoinder.privacy.ledger.heads import Head
from rejoinder.privacy.models import LedgerEntry, LedgerNode, LedgerSet

ENOUGH = 100  # problems that are listed
_AT_ONCE = 2000  # rows


class Problem(NamedTuple):
    """What is wrong, and at which place of the ledger."""

    place: int
    words: str


class Replay:
    """The ledger hashed again from its first entry; `problems` are empty when all is as it was.

    `known` are heads that were kept elsewhere. Without one, a ledger that was cut off at its end
    and hashed anew looks whole.
    """

    def __init__(self, known: Iterable[Head] = ()) -> None:
        last = LedgerEntry.objects.order_by("-place").values_list("place", flat=True).first()
        # After the last place, so that an entry written meanwhile is not odd.
        self.head = _told(-1 if last is None else last)
        self.problems: list[Problem] = []
        self._edge, self._chain = Frontier(), START
        self._known: dict[int, set[Head]] = {}
        for head in known:
            self._known.setdefault(head.size, set()).add(head)
        self._nodes = {(row.level, row.number): row for row in LedgerNode.objects.all()}
        self._go()
        if last is not None and last >= self.head.size:
            self._wrong(last, "an entry stands behind the end")
        self._end()

    def _go(self) -> None:
        for row in _rows(self.head.size):
            if row.place != self._edge.size:
                self._wrong(self._edge.size, "an entry is missing")
                return
            self._take(row)

    def _take(self, row: LedgerEntry) -> None:
        hashed = leaf(row.place, entry_of(row))
        if link(self._chain, hashed) != bytes(row.chain):
            self._wrong(row.place, "the entry is not what was written")
        if row.members and not _is_whole(row):
            self._wrong(row.place, "the set of people is not what was written")
        self._chain = bytes(row.chain)
        for node in self._edge.add(hashed):
            self._compare(node, row.place)
        self._hold(row.place)

    def _compare(self, node: Node, place: int) -> None:
        if node.level and not node.level % TILE:
            kept = self._nodes.pop((node.level, node.number), None)
            if kept is None or bytes(kept.hash) != node.hash:
                self._wrong(place, "the tree is not that of the entries")

    def _hold(self, place: int) -> None:
        for head in self._known.pop(self._edge.size, ()):
            if head != heads.of(self._edge, self._chain):
                self._wrong(place, "a head that was kept elsewhere says something else")

    def _end(self) -> None:
        if self.head != heads.of(self._edge, self._chain):
            self._wrong(self._edge.size, "the end is not what was written")
        for size in sorted(self._known):
            if size > self._edge.size:
                self._wrong(size - 1, "a head that was kept elsewhere tells of an entry here")
        for level, number in self._nodes:
            if (number + 1) << (level) <= self._edge.size:
                self._wrong(number << level, "the tree is not that of the entries")

    def _wrong(self, place: int, words: str) -> None:
        if len(self.problems) < ENOUGH:
            self.problems.append(Problem(place, words))


def _told(last: int) -> Head:
    """The end as its row tells it; a row that is damaged tells nothing that holds."""
    try:
        return heads.now()
    except ValueError:
        return Head(last + 1, "", "")


def entry_of(row: LedgerEntry) -> Entry:
    """What a row says."""
    return Entry(**{name: getattr(row, name) for name in Entry.__struct_fields__})


def _rows(size: int) -> Iterator[LedgerEntry]:
    rows = LedgerEntry.objects.filter(place__lt=size).order_by("place")
    return rows.iterator(chunk_size=_AT_ONCE)


def _is_whole(row: LedgerEntry) -> bool:
    found = LedgerSet.objects.filter(entry_id=row.place).first()
    try:
        names = found.names() if found else []
    except (zlib.error, UnicodeDecodeError):
        return False
    return set_hash("\n".join(names)) == row.members and len(names) == row.many
