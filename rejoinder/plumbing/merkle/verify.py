"""Checking a proof against heads that one holds, as somebody outside does. Pure.

The algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2, which hold for RFC 6962's trees.
"""

from collections.abc import Sequence

from rejoinder.plumbing.merkle.tree import node_hash


def included(leaf: bytes, place: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether the path leads from this leaf at this place to the head of so many leaves."""
    if not 0 <= place < size:
        return False
    at, last, found = place, size - 1, leaf
    for part in path:
        if not last:
            return False
        if at % 2 or at == last:
            found = node_hash(part, found)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    return not last and found == head


def consistent(
    first: int, first_head: bytes, size: int, head: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the log that had the first head only grew until it had the other one."""
    if not 0 < first <= size:
        return False
    if first == size:
        return not path and first_head == head
    parts = list(path) if first & (first - 1) else [first_head, *path]
    return bool(parts) and _grew(first - 1, size - 1, parts) == (first_head, head)


def _grew(at: int, last: int, parts: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two heads that the parts lead to; None for too many or too few parts."""
    while at % 2:
        at, last = at >> 1, last >> 1
    older = newer = parts[0]
    for part in parts[1:]:
        if not last:
            return None
        if at % 2 or at == last:
            older, newer = node_hash(part, older), node_hash(part, newer)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            newer = node_hash(newer, part)
        at, last = at >> 1, last >> 1
    return None if last else (older, newer)
