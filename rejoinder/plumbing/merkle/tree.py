"""A Merkle tree that grows at its end: heads, and proofs that take log n hashes. Pure.

Rules and names after RFC 6962, section 2.1: SHA-256, a leaf is hashed behind a byte 0x00 and an
inner node behind 0x01, and n leaves are split at the largest power of two smaller than n.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

# The hash of a complete subtree: the `number`th of 2^level leaves, from 0.
Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The hashes of the leaves and of every complete subtree, so that no proof hashes again."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """`leaves` are leaf hashes in order."""
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.add(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def add(self, leaf: bytes) -> None:
        """One leaf more."""
        level, node = 0, leaf
        while True:
            self._levels[level].append(node)
            if len(self._levels[level]) % 2:
                return
            node = node_hash(*self._levels[level][-2:])
            level += 1
            if level == len(self._levels):
                self._levels.append([])

    def head(self, size: int | None = None) -> bytes:
        """The hash of the first `size` leaves, of all of them by default.

        Raises ValueError for more than there are, as do the proofs.
        """
        size = len(self) if size is None else size
        self._check(0, size)
        return self._hash(0, size) if size else sha256(b"").digest()

    def inclusion(self, place: int, size: int | None = None) -> list[bytes]:
        """That the leaf at this place (from 0) is among the first `size`: its audit path."""
        size = len(self) if size is None else size
        self._check(place + 1, size)
        return inclusion(place, size, self._node)

    def consistency(self, first: int, size: int | None = None) -> list[bytes]:
        """That the first `first` leaves are still the beginning of the first `size`."""
        size = len(self) if size is None else size
        self._check(first, size)
        path, start, end, whole = [], 0, size, True
        while first not in {0, end}:
            middle = start + _split(end - start)
            if first <= middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start, whole = middle, False
        # The verifier has the head of the first leaves: it is told only where it is a part.
        known = [] if whole else [self._hash(start, end)]
        return known + path[::-1]

    def _check(self, least: int, size: int) -> None:
        if not 0 <= least <= size <= len(self):
            raise ValueError(f"The log has {len(self)} entries.")

    def _hash(self, start: int, end: int) -> bytes:
        return _hash(start, end, self._node)

    def _node(self, level: int, number: int) -> bytes:
        return self._levels[level][number]


def inclusion(place: int, size: int, node: Node) -> list[bytes]:
    """The audit path of a leaf of a tree whose complete subtrees `node` gives."""
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if place < middle:
            path.append(_hash(middle, end, node))
            end = middle
        else:
            path.append(_hash(start, middle, node))
            start = middle
    return path[::-1]


def _hash(start: int, end: int, node: Node) -> bytes:
    """Of the leaves from start to end; start is a multiple of the size rounded up to 2^n."""
    size = end - start
    level = size.bit_length() - 1
    if size == 1 << level:
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(_hash(start, middle, node), _hash(middle, end, node))


def _split(size: int) -> int:
    """The largest power of two smaller than size."""
    return 1 << ((size - 1).bit_length() - 1)
