"""Which originals share a key with a post: sorted arrays, old ones and new ones apart."""

import numpy as np

from rejoinder.listening.copies.wording import Flags, Hashes, Shingles
from rejoinder.listening.watch.cut import Ints, ragged

CROWD = 50  # originals looked at for one key; more than so many share only common words
SLOTS = 1 << 24
_SLOT_BITS = np.uint64(24)


class Index:
    """From keys (under 2**40) to slots (under 2**24). A key may belong to many slots."""

    def __init__(self, slots: int) -> None:
        self._old: Hashes = np.zeros(0, np.uint64)
        self._new: Hashes = np.zeros(0, np.uint64)
        self._reused: Flags = np.zeros(slots, np.bool_)
        self._settle_at = max(1024, slots // 2)

    def add(self, keys: Hashes, slots: Ints) -> None:
        """Put keys in. What their slots had before is forgotten, at the latest when it settles."""
        self._reused[slots] = True
        self._new = np.sort(np.append(self._new, pack(keys, slots)), kind="stable")
        if len(self._new) > self._settle_at:
            self._settle()

    def find(self, keys: Hashes) -> tuple[Ints, Ints]:
        """Pairs of the number of a key and a slot that has it: at most CROWD old, CROWD new."""
        pairs = [among(keys, self._old), among(keys, self._new)]
        numbers, slots = (np.concatenate(some) for some in zip(*pairs, strict=True))
        return numbers, slots

    def _settle(self) -> None:
        # Sorting is stable to make a merge of it: both parts are in order already.
        kept = self._old[~self._reused[_slots(self._old)]]
        self._old = np.sort(np.append(kept, self._new), kind="stable")
        self._new = np.zeros(0, np.uint64)
        self._reused[:] = False


def pack(keys: Hashes, slots: Ints) -> Hashes:
    """Key and slot in one number each."""
    packed: Hashes = (keys << _SLOT_BITS) | slots.astype(np.uint64)
    return packed


def among(keys: Hashes, packed: Hashes) -> tuple[Ints, Ints]:
    """Pairs of the number of a key and a slot, from packed numbers in order."""
    if not len(packed):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    # In order, so that one search goes on near the last; most keys are nobody's.
    order = np.argsort(keys)
    first = np.searchsorted(packed, keys[order] << _SLOT_BITS)
    held = packed[np.minimum(first, len(packed) - 1)] >> _SLOT_BITS == keys[order]
    first, order = first[held], order[held]
    last = np.searchsorted(packed, (keys[order] + np.uint64(1)) << _SLOT_BITS)
    found, number, _ = ragged(packed, first, np.minimum(last - first, CROWD))
    return order[number], _slots(found)


def _slots(packed: Hashes) -> Ints:
    return (packed & np.uint64(SLOTS - 1)).astype(np.int64)


def prefixes(shingles: Shingles, first: Ints, alike: float) -> tuple[Hashes, Ints]:
    """Keys of which two alike posts share at least one, and the post of each.

    A set's smallest n - ceil(t n) + 1 members: two sets whose Jaccard similarity is at least t
    have one of these in common (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006).
    """
    sizes = np.diff(first)
    kept = np.where(sizes > 0, sizes - np.ceil(alike * sizes - 1e-9).astype(np.int64) + 1, 0)
    keys, post, _ = ragged(shingles, first[:-1], kept)
    return keys.astype(np.uint64), post
