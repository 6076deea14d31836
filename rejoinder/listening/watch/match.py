"""Many watches over a batch of posts at once: what each post is caught by.

One pass looks every word of the batch up. Watches of a single word, or of words joined by OR, are
read off from that; of the others only those are evaluated, over the whole batch at once, of which
a word that they cannot do without occurred.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from rejoinder.listening.watch.batch import Batch, Post
from rejoinder.listening.watch.cut import Ints
from rejoinder.listening.watch.evaluate import Evaluate, Leaves, evaluator, plain
from rejoinder.listening.watch.needed import needed
from rejoinder.listening.watch.query import Query, handle
from rejoinder.listening.watch.sieve import Sieve
from rejoinder.listening.watch.vocabulary import Vocabulary

BATCH = 4096  # posts looked at together


class Watches:
    """Compiled watches. Posts of `own_handles` are caught by none."""

    def __init__(
        self, queries: Sequence[tuple[int, Query]], own_handles: Iterable[str] = ()
    ) -> None:
        self._ids = np.array([number for number, _ in queries], np.int64)
        self._own = [known for one in own_handles if (known := handle(one))]
        self._leaves = Leaves()
        self._evaluate: dict[int, Evaluate] = {}
        self._needed: dict[int, list[int]] = defaultdict(list)
        self._always: list[int] = []
        owners: dict[int, int] = {}
        for index, (_, each) in enumerate(queries):
            if (words := plain(each)) is not None:
                owners[self._leaves.new(words)] = index
            else:
                self._add(index, each)
        self._owner = np.full(len(self._leaves.words), -1, np.int64)
        self._owner[list(owners)] = list(owners.values())
        self._sieve = Sieve(chain.from_iterable(self._leaves.words))
        self._vocabulary = Vocabulary(self._leaves.words)

    def _add(self, index: int, each: Query) -> None:
        self._evaluate[index] = evaluator(each, self._leaves)
        leaves = needed(each, self._leaves)
        if leaves is None:
            self._always.append(index)
        for leaf in leaves or ():
            self._needed[leaf].append(index)

    def caught(self, posts: Sequence[Post]) -> list[tuple[int, ...]]:
        """For each post the ids of the watches that catch it, in the order they were given."""
        parts = (posts[at : at + BATCH] for at in range(0, len(posts), BATCH))
        return list(chain.from_iterable(map(self._caught, parts)))

    def _caught(self, posts: Sequence[Post]) -> list[tuple[int, ...]]:
        batch = Batch(posts, self._sieve, self._vocabulary)
        owner = self._owner[batch.leaves]
        plain = owner >= 0
        batch.sort(~plain)
        post, watch = [batch.post[plain]], [owner[plain]]
        for index in self._worth_a_look(batch):
            if mask := self._evaluate[index](batch):
                post.append(batch.numbers(mask))
                watch.append(np.full(len(post[-1]), index))
        return self._listed(batch, np.concatenate(post), np.concatenate(watch))

    def _worth_a_look(self, batch: Batch) -> Iterable[int]:
        found = {index for leaf in batch.slices for index in self._needed.get(leaf, ())}
        return chain(self._always, found)

    def _listed(self, batch: Batch, post: Ints, watch: Ints) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = [()] * batch.size
        if own := self._own_posts(batch):
            others = ~np.isin(post, batch.numbers(own))
            post, watch = post[others], watch[others]
        if not len(post):
            return found
        pairs = np.sort(post * len(self._ids) + watch)
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]  # faster than numpy.unique
        posts, starts = np.unique(pairs // len(self._ids), return_index=True)
        ids = self._ids[pairs % len(self._ids)].tolist()
        stops = np.append(starts, len(ids))[1:].tolist()
        for number, start, stop in zip(posts.tolist(), starts.tolist(), stops, strict=True):
            found[number] = tuple(ids[start:stop])
        return found

    def _own_posts(self, batch: Batch) -> int:
        own = 0
        for one in self._own:
            own |= batch.written_by(one)
        return own
