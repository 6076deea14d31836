"""A batch of posts as a query sees it: where each word asked for stands, in arrays.

A set of posts is one large integer with a bit for each post, so that AND, OR and NOT take a
handful of instructions for the whole batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch.cut import Cut, Ints
from rejoinder.listening.watch.query import handle
from rejoinder.listening.watch.sieve import Sieve
from rejoinder.listening.watch.vocabulary import Vocabulary

POST = 36  # a place is a word's number in its post, and from this bit on the number of the post
CHUNK = 1024  # posts whose words are cut together; their arrays fit into a processor's cache


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

    `at` is the place of a word in the batch, see POST. `slices` has, once sorted, the first and
    the last index (exclusive) of each leaf.
    """

    def __init__(self, posts: Sequence[Post], sieve: Sieve, vocabulary: Vocabulary) -> None:
        self.size = len(posts)
        self.every = (1 << len(posts)) - 1
        self._posts = posts
        self._masks: dict[int, int] = {}
        self._by_language: dict[str, int] | None = None
        self._by_author: dict[str, int] | None = None
        self._read(sieve, vocabulary)

    def _read(self, sieve: Sieve, vocabulary: Vocabulary) -> None:
        parts = [
            _look(self._posts, first, sieve, vocabulary) for first in range(0, self.size, CHUNK)
        ]
        self.leaves, self.post, self.at = (
            np.concatenate(some) for some in zip(*parts, strict=True)
        )

    def sort(self, kept: NDArray[np.bool_]) -> None:
        """Find places by leaf from now on, for those leaves that are kept."""
        leaves, post, at = self.leaves[kept], self.post[kept], self.at[kept]
        order = np.argsort(leaves, kind="stable")
        self._post, self._at = post[order], at[order]
        met, starts = np.unique(leaves[order], return_index=True)
        stops = np.append(starts, len(order))[1:].tolist()
        self.slices = dict(zip(met.tolist(), zip(starts.tolist(), stops, strict=True), strict=True))

    def places(self, leaf: int) -> Ints:
        """Where words of the leaf stand."""
        first, last = self.slices.get(leaf, (0, 0))
        return self._at[first:last]

    def met_by(self, leaf: int) -> int:
        """The posts that meet the leaf."""
        if leaf not in self.slices:
            return 0
        if (known := self._masks.get(leaf)) is None:
            first, last = self.slices[leaf]
            known = self._masks[leaf] = self.mask(self._post[first:last])
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
        return self.mask(at >> POST)

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


def _look(
    posts: Sequence[Post], first: int, sieve: Sieve, vocabulary: Vocabulary
) -> tuple[Ints, Ints, Ints]:
    """The leaves that some of the posts meet, the posts, and the places."""
    cut = Cut([post.text for post in posts[first : first + CHUNK]])
    words = sieve.passing(cut)
    text = cut.text()
    pieces = zip(cut.start[words].tolist(), cut.stop[words].tolist(), strict=True)
    leaves, which = vocabulary.leaves([text[start:stop] for start, stop in pieces])
    met = words[which]
    post = cut.text_of(met) + first
    return leaves, post, met + (post << POST)


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _sets(values: Iterable[str]) -> dict[str, int]:
    """For each value the set of the posts that have it."""
    found: dict[str, int] = defaultdict(int)
    for number, value in enumerate(values):
        found[value] |= 1 << number
    return found
