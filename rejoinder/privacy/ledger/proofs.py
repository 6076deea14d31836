"""Proofs that an entry is in the ledger, for somebody who has nothing of it but a head.

RFC 6962's audit paths: one hash for each level, 768 bytes among ten million entries.
"""

import base64
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from rejoinder.plumbing import sql
from rejoinder.plumbing.merkle.tree import inclusion, node_hash
from rejoinder.privacy.ledger.append import TILE, micros
from rejoinder.privacy.ledger.entry import leaf
from rejoinder.privacy.ledger.replay import entry_of
from rejoinder.privacy.models import LedgerEntry, LedgerNode

# Literals, not parameters: only so does SQLite use an index that holds some of the rows.
_PLACES = """
    SELECT place FROM privacy_ledgerentry
    WHERE kind = 'opened' AND {members} AND purpose = %s AND field = %s AND at >= %s AND at < %s
"""
_MEMBERS = ("members = ''", "NOT (members = '')")


def of_openings(
    purpose: str, field: str, since: datetime, until: datetime, size: int
) -> list[dict[str, Any]]:
    """Each entry that "who exactly" counts, with its path to the head of so many entries."""
    asked = (purpose, field, micros(since), micros(until))
    found = [sql.fetch(_PLACES.format(members=members), asked) for members in _MEMBERS]
    return list(of(sorted(place for rows in found for (place,) in rows if place < size), size))


def of(places: Iterable[int], size: int) -> Iterator[dict[str, Any]]:
    """The entries at these places, each with its path, one hash behind the other in base64."""
    stored = _Stored()
    for place in places:
        entry = entry_of(LedgerEntry.objects.get(pk=place))
        path = b"".join(inclusion(place, size, stored.node))
        written = base64.b64encode(path).decode()
        yield {"place": place, "entry": msgspec.to_builtins(entry), "path": written}


class _Stored:
    """The tree as the tables have it: every eighth level, and the leaves as the rows say them."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def node(self, level: int, number: int) -> bytes:
        """The hash of a complete subtree."""
        above = level % TILE
        base, first = level - above, number << above
        tile = self._tile(base, first >> TILE)
        return tile[above][(first & ((1 << TILE) - 1)) >> above]

    def _tile(self, base: int, number: int) -> list[list[bytes]]:
        """256 nodes of a stored level, or fewer at the end, and the levels above them."""
        if (base, number) not in self._tiles:
            begin, end = number << TILE, (number + 1) << TILE
            levels = [list(_leaves(begin, end) if base == 0 else _nodes(base, begin, end))]
            while len(levels) <= TILE:
                pairs = zip(levels[-1][::2], levels[-1][1::2], strict=False)
                levels.append([node_hash(left, right) for left, right in pairs])
            self._tiles[base, number] = levels
        return self._tiles[base, number]


def _leaves(begin: int, end: int) -> Iterator[bytes]:
    rows = LedgerEntry.objects.filter(place__gte=begin, place__lt=end).order_by("place")
    return (leaf(row.place, entry_of(row)) for row in rows)


def _nodes(level: int, begin: int, end: int) -> Iterator[bytes]:
    rows = LedgerNode.objects.filter(level=level, number__gte=begin, number__lt=end)
    return (bytes(row.hash) for row in rows.order_by("number"))
