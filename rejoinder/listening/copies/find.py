"""Finding the original of each post among those heard lately, in batches and bounded memory.

Two posts are copies when the Jaccard similarity of their shingles is at least ALIKE, or when one
was cut off and nearly all of it stands in the other. An index proposes, the sets themselves
decide. Short texts that many people write by themselves ("no signal") are nobody's copies,
unless they say so ("RT @…") and copy the same account. A post that does not say that it is a copy
is none of a retweet that was heard before it: its author asks in person.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Generic, TypeVar

import numpy as np

from rejoinder.listening.copies.index import SLOTS, Index, among, pack, prefixes
from rejoinder.listening.copies.overlap import ALIKE, Sets, alike
from rejoinder.listening.copies.wording import Flags, Hashes, Wordings, distinct
from rejoinder.listening.watch.cut import Ints

Key = TypeVar("Key")

KEPT = 200_000  # originals
WINDOW = 48 * 3600.0  # seconds
BATCH = 1024  # posts compared at once
_OPENING = np.uint64(1 << 32)  # keys from here on are openings, below are shingles


class Copies(Generic[Key]):
    """The originals of the last WINDOW seconds, at most `kept` of them, the newest."""

    def __init__(self, kept: int = KEPT, window: float = WINDOW) -> None:
        if not 1 <= kept <= SLOTS:
            raise ValueError(f"between 1 and {SLOTS} originals can be kept, not {kept}")
        self._kept, self._window, self._count = kept, window, 0
        self._keys: list[Key | None] = [None] * kept
        self._sets: list[bytes] = [b""] * kept
        self._times = [-math.inf] * kept
        self._cut_off: Flags = np.zeros(kept, np.bool_)
        self._marked = [False] * kept
        self._known: dict[int, int] = {}  # from a whole wording to the count of its original
        self._index = Index(kept)

    def find(
        self, keys: Sequence[Key], texts: Sequence[str], times: Sequence[float]
    ) -> list[Key | None]:
        """For each post, in the order heard, the key of its original; None if it is one itself.

        `times` are seconds. A post stands at its place in the batch: earlier ones are known to it.
        """
        found: list[Key | None] = []
        for at in range(0, len(keys), BATCH):
            some = slice(at, at + BATCH)
            found += self._find(keys[some], Wordings(texts[some]), times[some])
        return found

    def restore(self, keys: Sequence[Key], texts: Sequence[str], times: Sequence[float]) -> None:
        """Take stored posts in again, oldest first; copies among them stay copies."""
        self.find(keys, texts, times)

    def _find(
        self, keys: Sequence[Key], said: Wordings, times: Sequence[float]
    ) -> list[Key | None]:
        able = (said.enough | said.marked) & ~said.empty
        near = self._near(said, _first_of_each(said, able))
        found: list[Key | None] = [None] * len(keys)
        latest: dict[int, int] = {}  # from a wording of this batch to the count of its original
        added: list[tuple[int, int]] = []
        wholes, marked = said.whole.tolist(), said.marked.tolist()
        for number in np.flatnonzero(able).tolist():
            whole, time = wholes[number], times[number]
            original = self._known.get(whole)
            if original is None or not self._settles(original, time):
                choice = [original, *(e if e >= 0 else latest.get(~e) for e in near.get(whole, ()))]
                original = self._original(choice, time, marked=marked[number])
            if original is None:
                original = latest[whole] = self._add(keys[number], said, number, time)
                added.append((number, original % self._kept))
            else:
                found[number] = self._keys[original % self._kept]
            self._known[whole] = original
        self._remember(said, added)
        return found

    def _settles(self, original: int, time: float) -> bool:
        """Whether a known original is the one, whoever asks."""
        return self._still_counts(original, time) and not self._marked[original % self._kept]

    def _original(self, choice: Iterable[int | None], time: float, *, marked: bool) -> int | None:
        """The count of the first of these that still counts; rather of a post that is no copy."""
        good = [each for each in choice if each is not None and self._still_counts(each, time)]
        said_by_people = [each for each in good if not self._marked[each % self._kept]]
        return next(iter(said_by_people or (good if marked else ())), None)

    def _still_counts(self, original: int, time: float) -> bool:
        away = abs(self._times[original % self._kept] - time)
        return original >= self._count - self._kept and away <= self._window

    def _add(self, key: Key, said: Wordings, number: int, time: float) -> int:
        slot = self._count % self._kept
        first, last = said.first[number], said.first[number + 1]
        self._keys[slot], self._times[slot] = key, time
        self._sets[slot] = said.shingles[first:last].tobytes()
        self._cut_off[slot], self._marked[slot] = said.cut_off[number], bool(said.marked[number])
        self._count += 1
        return self._count - 1

    def _remember(self, said: Wordings, added: list[tuple[int, int]]) -> None:
        """Put what became an original into the index, and forget wordings of long ago."""
        numbers = np.array([number for number, slot in added if said.enough[number]], np.int64)
        slots = np.array([slot for number, slot in added if said.enough[number]], np.int64)
        keys, which = _keys_of(said, numbers)
        self._index.add(keys, slots[which])
        if len(self._known) > 2 * self._kept:
            newest = islice(reversed(self._known.items()), self._kept)
            self._known = dict(reversed(list(newest)))

    def _near(self, said: Wordings, posts: Ints) -> dict[int, list[int]]:
        """For each of these wordings the originals that it is a copy of, the oldest first.

        They are counts of what is kept, and inverted (so below 0) wordings of this batch.
        """
        keys, which = _keys_of(said, posts)
        packed = np.sort(pack(keys, posts[which]))
        number, slot = self._index.find(keys)
        old = self._alike(said, *_distinct(posts[which[number]], slot))
        number, other = among(keys, packed)
        new = _alike_in_batch(said, *_distinct(posts[which[number]], other))
        found: dict[int, list[int]] = defaultdict(list)
        last, wholes = self._count - 1, said.whole.tolist()
        for post, kept in old:
            found[wholes[post]].append(last - (last - kept) % self._kept)
        for counts in found.values():
            counts.sort()
        for post, earlier in new:
            found[wholes[post]].append(~wholes[earlier])
        return found

    def _alike(self, said: Wordings, posts: Ints, slots: Ints) -> list[tuple[int, int]]:
        """Those pairs of a post and a slot that are copies."""
        different = distinct(slots)
        which = np.searchsorted(different, slots)
        kept = [self._sets[slot] for slot in different.tolist()]
        first = np.append(0, np.cumsum(np.array([len(each) // 4 for each in kept], np.int64)))
        sets = Sets(np.frombuffer(b"".join(kept), np.uint32), first, self._cut_off[different])
        good = alike(_sets(said), posts, sets, which)
        return list(zip(posts[good].tolist(), slots[good].tolist(), strict=True))


def _first_of_each(said: Wordings, able: Flags) -> Ints:
    """The first post of each wording that is compared by its shingles, in order."""
    long = np.flatnonzero(able & said.enough)
    _, first = np.unique(said.whole[long], return_index=True)
    return np.sort(long[first])


def _keys_of(said: Wordings, posts: Ints) -> tuple[Hashes, Ints]:
    """The keys under which these posts are looked for, and for each the index of its post."""
    wanted = np.full(len(said.whole), -1, np.int64)
    wanted[posts] = np.arange(len(posts))
    shingles, post = prefixes(said.shingles, said.first, ALIKE)
    kept = wanted[post] >= 0
    openings = _OPENING | (said.opening[posts] >> np.uint64(32))
    keys = np.append(shingles[kept], openings)
    return keys, np.append(wanted[post[kept]], np.arange(len(posts)))


def _alike_in_batch(said: Wordings, posts: Ints, others: Ints) -> list[tuple[int, int]]:
    earlier = others < posts
    posts, others = posts[earlier], others[earlier]
    good = alike(_sets(said), posts, _sets(said), others)
    return list(zip(posts[good].tolist(), others[good].tolist(), strict=True))


def _distinct(posts: Ints, others: Ints) -> tuple[Ints, Ints]:
    pairs = distinct((posts << 32) | others)
    return pairs >> 32, pairs & 0xFFFF_FFFF


def _sets(said: Wordings) -> Sets:
    return Sets(said.shingles, said.first, said.cut_off)
