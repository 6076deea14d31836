"""The newest posts, a bounded number: what an advisor's label for one of them is about."""

from collections.abc import Sequence

import numpy as np

from rejoinder.listening.alike.arrays import Flags, Floats, Whole
from rejoinder.listening.alike.evidence import FEATURES
from rejoinder.listening.alike.lexicon import MOST, SIZE, Words

CAP = 20_000  # posts that are remembered: 25 MB at 512 dimensions
NOTHING = -1
ARRAYS = ("vectors", "words", "features", "suggestion", "sure", "label", "cluster")


class Recent:
    """A ring of posts by id. Row r of every array is one post.

    `suggestion` and `label` are rows of questions or NOTHING, `cluster` the number of a
    micro-cluster or NOTHING.
    """

    def __init__(self, dimensions: int, cap: int = CAP) -> None:
        self.cap = cap
        self.ids: list[str] = []
        self.next = 0
        self.vectors = np.zeros((cap, dimensions), np.float16)
        self.words = np.full((cap, MOST), SIZE, np.uint16)
        self.features = np.zeros((cap, FEATURES), np.float32)
        self.suggestion = np.full(cap, NOTHING, np.int64)
        self.sure = np.zeros(cap, bool)
        self.label = np.full(cap, NOTHING, np.int64)
        self.cluster = np.full(cap, NOTHING, np.int64)
        self._at: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def find(self, post: str) -> int | None:
        """The row of a post that is still remembered; the newest of an id that came twice."""
        return self._at.get(post)

    def put(self, ids: Sequence[str], vectors: Floats, words: Words) -> Whole:
        """Remember posts; their rows. The oldest give way."""
        rows = [self._row(post) for post in ids]
        self.vectors[rows], self.words[rows] = vectors, words
        self.suggestion[rows] = self.label[rows] = self.cluster[rows] = NOTHING
        self.sure[rows] = False
        return np.array(rows, np.int64)

    def remember(self, ids: list[str], following: int) -> None:
        """The ids of rows that were read from a state, and the row to write next."""
        if len(ids) > self.cap or not 0 <= following < self.cap:
            raise ValueError("more posts than are remembered")
        self.ids, self.next = ids, following
        older, newer = range(following, len(ids)), range(min(following, len(ids)))
        self._at = {ids[row]: row for row in (*older, *newer)}

    def vector(self, row: int) -> Floats:
        """The vector of a post."""
        found: Floats = self.vectors[row].astype(np.float32)
        return found

    def judged(self) -> tuple[Flags, Flags]:
        """Of posts with a suggestion: which were made and which an advisor has judged."""
        rows = slice(0, len(self))
        with_one = self.suggestion[rows] != NOTHING
        return self.sure[rows] & with_one, (self.label[rows] != NOTHING) & with_one

    def _row(self, post: str) -> int:
        row = self.next
        self.next = (row + 1) % self.cap
        if row < len(self.ids):
            if self._at.get(self.ids[row]) == row:
                del self._at[self.ids[row]]
            self.ids[row] = post
        else:
            self.ids.append(post)
        self._at[post] = row
        return row
