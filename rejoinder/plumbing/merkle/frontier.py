"""The right edge of a Merkle tree: all that adding a leaf and telling the head take. Pure.

The tree is that of `tree.py`; here it is known only by the hashes of the complete subtrees that its
leaves split into, at most one for each power of two: 24 for ten million leaves.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from rejoinder.plumbing.merkle.tree import node_hash

_HASH = 32  # bytes


class Node(NamedTuple):
    """A complete subtree: the `number`th of 2^level leaves, from 0."""

    level: int
    number: int
    hash: bytes


class Frontier:
    """A tree of so many leaves, known by its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, subtrees: Sequence[bytes] = ()) -> None:
        """Raises ValueError when there are not as many subtrees as the size asks for."""
        if size.bit_count() != len(subtrees):
            raise ValueError(f"{size} leaves are {size.bit_count()} subtrees")
        self.size = size
        self._subtrees = list(subtrees)

    @classmethod
    def of(cls, size: int, packed: bytes) -> "Frontier":
        """As `packed` gave it."""
        return cls(size, [packed[at : at + _HASH] for at in range(0, len(packed), _HASH)])

    @property
    def packed(self) -> bytes:
        """The hashes one behind the other."""
        return b"".join(self._subtrees)

    def add(self, leaf: bytes) -> list[Node]:
        """One leaf more; the subtrees that are complete now, itself first."""
        level, number, node = 0, self.size, leaf
        completed = [Node(level, number, node)]
        while number & 1:
            node = node_hash(self._subtrees.pop(), node)
            level, number = level + 1, number >> 1
            completed.append(Node(level, number, node))
        self._subtrees.append(node)
        self.size += 1
        return completed

    def head(self) -> bytes:
        """The hash of all leaves."""
        if not self._subtrees:
            return sha256(b"").digest()
        *larger, head = self._subtrees
        for subtree in reversed(larger):
            head = node_hash(subtree, head)
        return head
