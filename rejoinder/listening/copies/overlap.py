"""How much two sets of shingles share, exactly, for many pairs at once."""

from typing import NamedTuple

import numpy as np

from rejoinder.listening.copies.wording import Flags, Shingles
from rejoinder.listening.watch.cut import Ints, ragged

ALIKE = 0.7
INSIDE = 0.9  # of the shingles of a post that was cut off
_PAIRS = 50_000  # compared at once


class Sets(NamedTuple):
    """Sets of shingles: those of set n are `shingles[first[n]:first[n + 1]]`, all different."""

    shingles: Shingles
    first: Ints
    cut_off: Flags


def alike(left: Sets, a: Ints, right: Sets, b: Ints) -> Flags:
    """Whether set `a[n]` on the left and `b[n]` on the right are copies, for each pair n.

    Their Jaccard similarity is at least ALIKE, or INSIDE of one that was cut off is in the other.
    """
    parts = [slice(at, at + _PAIRS) for at in range(0, len(a), _PAIRS)]
    found = [_alike(left, a[part], right, b[part]) for part in parts]
    return np.concatenate([np.zeros(0, np.bool_), *found])


def _alike(left: Sets, a: Ints, right: Sets, b: Ints) -> Flags:
    ours, our_size = _numbered(left, a)
    theirs, their_size = _numbered(right, b)
    together = np.sort(np.append(ours, theirs), kind="stable")
    twice = together[1:][together[1:] == together[:-1]] >> 32
    shared = np.bincount(twice, minlength=len(a))
    enough: Flags = shared >= ALIKE * (our_size + their_size - shared) - 1e-9
    enough |= left.cut_off[a] & (shared >= INSIDE * our_size)
    enough |= right.cut_off[b] & (shared >= INSIDE * their_size)
    return enough & (shared > 0)


def _numbered(sets: Sets, which: Ints) -> tuple[Ints, Ints]:
    """The shingles of these sets, each with its place in `which` above it, and their sizes."""
    sizes = sets.first[which + 1] - sets.first[which]
    shingles, piece, _ = ragged(sets.shingles, sets.first[which], sizes)
    return (piece << 32) | shingles.astype(np.int64), sizes
