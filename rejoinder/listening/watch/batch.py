"""A batch of posts as a query sees it: where each word asked for stands, in arrays.

A set of posts is one large integer with a bit for each post, so that AND, OR and NOT take a
handful of instructions for the whole batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch.query import handle
from rejoinder.listening.watch.vocabulary import END, Vocabulary
from rejoinder.listening.watch.words import split

GAP = 128  # words between two posts, so that nothing is near to another post's words

Ints = NDArray[np.int64]


class Post(Protocol):
    """What a watch looks at. `language` is a BCP 47 tag; empty is unknown."""

    @property
    def text(self) -> str: ...
    @property
    def handle(self) -> str: ...
    @property
    def language(self) -> str: ...


class Batch:
    """Posts with the leaves that they meet: `leaves`, `post` and `at` are of one length.

    `at` is the place of a word in the batch, ascending within a leaf; posts lie GAP apart.
    `slices` has the first and the last index (exclusive) of each leaf met.
    """

    def __init__(self, posts: Sequence[Post], vocabulary: Vocabulary) -> None:
        self.size = len(posts)
        self.every = (1 << len(posts)) - 1
        self._posts = posts
        self._masks: dict[int, int] = {}
        self._by_language: dict[str, int] | None = None
        self._by_author: dict[str, int] | None = None
        self._read(vocabulary)

    def _read(self, vocabulary: Vocabulary) -> None:
        classes = vocabulary.classes(split([post.text for post in self._posts]))
        place = np.flatnonzero(classes > END)
        leaves, which = vocabulary.leaves(classes[place])
        order = np.argsort(leaves, kind="stable")
        self.leaves, place = leaves[order], place[which[order]]
        ends = np.flatnonzero(classes == END)
        self._begin = np.append(0, ends + GAP * np.arange(1, len(ends) + 1))
        self.post = np.searchsorted(ends, place)
        self.at = place + GAP * self.post
        met, starts = np.unique(self.leaves, return_index=True)
        stops = np.append(starts, len(order))[1:].tolist()
        self.slices = dict(zip(met.tolist(), zip(starts.tolist(), stops, strict=True), strict=True))

    def places(self, leaf: int) -> Ints:
        """Where words of the leaf stand."""
        first, last = self.slices.get(leaf, (0, 0))
        return self.at[first:last]

    def met_by(self, leaf: int) -> int:
        """The posts that meet the leaf."""
        if leaf not in self.slices:
            return 0
        if (known := self._masks.get(leaf)) is None:
            first, last = self.slices[leaf]
            known = self._masks[leaf] = self.mask(self.post[first:last])
        return known

    def mask(self, posts: Ints) -> int:
        """The set of the posts with these numbers."""
        bits = np.zeros(self.size, np.bool_)
        bits[posts] = True
        return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")

    def numbers(self, mask: int) -> Ints:
        """The numbers of the posts of a set."""
        room = mask.to_bytes((self.size + 7) // 8, "little")
        return np.flatnonzero(np.unpackbits(np.frombuffer(room, np.uint8), bitorder="little"))

    def holding(self, at: Ints) -> int:
        """The posts in which these places are; they may be in any order."""
        return self.mask(np.searchsorted(self._begin, at, side="right") - 1)

    def written_in(self, code: str) -> int:
        """The posts in a language."""
        if self._by_language is None:
            self._by_language = _sets(_primary(post.language) for post in self._posts)
        return self._by_language.get(code, 0)

    def written_by(self, author: str) -> int:
        """The posts of an account."""
        if self._by_author is None:
            self._by_author = _sets(handle(post.handle) for post in self._posts)
        return self._by_author.get(author, 0)


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _sets(values: Iterable[str]) -> dict[str, int]:
    """For each value the set of the posts that have it."""
    found: dict[str, int] = defaultdict(int)
    for number, value in enumerate(values):
        found[value] |= 1 << number
    return found
