"""Micro-clusters of posts that no learned question explains: they propose new questions.

Leader clustering (first story detection): a post joins the nearest live centre or begins one. What
is near depends on the posts, so it is measured: a post joins where it is closer than all but five
in a thousand pairs of posts taken at random. Centres are bounded; the smallest and oldest go.
"""

from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from rejoinder.listening.alike import people
from rejoinder.listening.alike.arrays import Doubles, Floats, Whole

LIVE = 2000  # centres
SPARED = 0.9  # of them survive when there are too many
PAIRS = 0.995  # share of pairs taken at random that are less alike than members
NEAR, NEAR_WEIGHT = 0.6, 50.0  # that cosine before there are posts, and the posts it counts for
SAMPLE = 512  # posts that the mean and the pairs are measured on
EVERY = 256  # posts between measurements
TIDY = 1024  # posts between merges
MERGED = 0.5  # of the way from near to identical: centres so close become one
NAMED = 1  # in `taken`: its posts have a learned name, or it was joined to another


class Joined(NamedTuple):
    """Where a post went: the number of its cluster, and how many people ask there."""

    number: int
    people: int


class Clusters:
    """Live centres. Row r of every array is one; `number` never names two."""

    def __init__(self, dimensions: int) -> None:
        self.size = self.heard = 0
        self.sums = np.zeros((LIVE, dimensions), np.float32)
        self.posts = np.zeros(LIVE, np.int64)
        self.number = np.zeros(LIVE, np.int64)
        self.last = np.zeros(LIVE, np.int64)
        self.taken = np.zeros(LIVE, np.int8)
        self.people = people.none(LIVE)
        self.sample = np.zeros((SAMPLE, dimensions), np.float32)
        self.names: dict[int, str] = {}
        self.moved: dict[int, int] = {}  # numbers of merged clusters, until somebody reads them
        self._measure()

    def join(self, vector: Floats, post: str, person: str) -> Joined:
        """Put one post into its cluster."""
        self.sample[self.heard % SAMPLE] = vector
        self.heard += 1
        if self.heard % EVERY == 0:
            self._measure()
        if self.heard % TIDY == 0:
            self._merge()
        row = self._nearest(vector)
        if row is None:
            row = self._begin(post)
        self.sums[row] += vector
        self.posts[row] += 1
        self.last[row] = self.heard
        people.note(self.people[row], person)
        self._centre(row)
        return Joined(int(self.number[row]), people.count(self.people[row]))

    def name(self, number: int) -> str | None:
        """The provisional name of a cluster; None when it was taken, merged or is gone."""
        return self.names.get(number)

    def row(self, number: int) -> int | None:
        """Where a live cluster stands."""
        found = np.flatnonzero(self.number[: self.size] == number)
        return int(found[0]) if len(found) else None

    def size_of(self, number: int) -> tuple[int, int]:
        """People and posts of a live cluster."""
        row = self.row(number)
        return (0, 0) if row is None else (people.count(self.people[row]), int(self.posts[row]))

    def take(self, number: int) -> None:
        """Its posts have a learned name now: the provisional one is never given again."""
        self.names.pop(number, None)
        row = self.row(number)
        if row is not None:
            self.taken[row] = NAMED

    def likeness(self, number: int, vectors: Floats) -> Floats:
        """(n,): how close posts are to the centre of a live cluster."""
        row = self.row(number)
        if row is None:
            return np.zeros(len(vectors), np.float32)
        found: Floats = _unit(vectors - self._mean) @ self._centres[row]
        return found

    def measured(self) -> dict[str, Floats | Doubles]:
        """What a state keeps of the posts that nearness was measured on."""
        near = np.array([self._near, self._merged], np.float64)
        return {"sample": self.sample, "mean": self._mean, "near": near}

    def restore(self, measured: dict[str, Floats | Doubles]) -> None:
        """After the arrays were read from a state."""
        self.sample[:], self._mean[:] = measured["sample"], measured["mean"]
        self._near, self._merged = (float(value) for value in measured["near"])
        self._centres = np.zeros_like(self.sums)
        self._centre(slice(0, self.size))

    def _nearest(self, vector: Floats) -> int | None:
        if not self.size:
            return None
        found = self._centres[: self.size] @ _unit(vector[None] - self._mean)[0]
        row = int(found.argmax())
        return row if found[row] >= self._near else None

    def _begin(self, post: str) -> int:
        if self.size == LIVE:
            self._evict()
        row = self.size
        self.size += 1
        self.sums[row] = 0
        self.posts[row] = self.taken[row] = 0
        self.people[row] = 0
        self.number[row] = self.heard
        self.names[self.heard] = _provisional(post, self.heard)
        return row

    def _evict(self) -> None:
        """Let the smallest go, of equal ones the oldest."""
        order = np.lexsort((self.last[: self.size], self.posts[: self.size]))
        self._keep(np.sort(order[-int(LIVE * SPARED) :]))

    def _keep(self, rows: Whole) -> None:
        for array in (self.sums, self.posts, self.number, self.last, self.taken, self.people):
            array[: len(rows)] = array[rows]
        self.size = len(rows)
        alive = set(self.number[: self.size].tolist())
        self.names = {number: name for number, name in self.names.items() if number in alive}
        self._centre(slice(0, self.size))

    def _merge(self) -> None:
        """Join provisional clusters of several people that have grown together."""
        several = (self.posts[: self.size] > 1) & (self.taken[: self.size] != NAMED)
        rows = np.flatnonzero(several)
        rows = rows[np.argsort(-self.posts[rows], kind="stable")]
        alike = self._centres[rows] @ self._centres[rows].T
        gone: set[int] = set()
        for at, row in enumerate(rows.tolist()):
            if row not in gone:
                close = rows[at + 1 :][alike[at, at + 1 :] >= self._merged]
                gone.update(self._absorb(row, [r for r in close.tolist() if r not in gone]))
        if gone:
            self._keep(np.setdiff1d(np.arange(self.size), list(gone)))

    def _absorb(self, row: int, others: list[int]) -> list[int]:
        for other in others:
            self.moved[int(self.number[other])] = int(self.number[row])
            self.sums[row] += self.sums[other]
            self.posts[row] += self.posts[other]
            self.last[row] = max(self.last[row], self.last[other])
            self.people[row] |= self.people[other]
        return others

    def _measure(self) -> None:
        """The mean of late posts, and how close two of them are by chance."""
        late = self.sample[: min(self.heard, SAMPLE)]
        self._mean = late.sum(axis=0) / (len(late) + NEAR_WEIGHT)
        self._near = NEAR
        if len(late) > 1:
            centred = _unit(late - self._mean)
            pairs = (centred @ centred.T)[np.triu_indices(len(late), 1)]
            chance = float(np.quantile(pairs, PAIRS))
            self._near = (NEAR * NEAR_WEIGHT + chance * len(late)) / (NEAR_WEIGHT + len(late))
        self._merged = self._near + MERGED * (1 - self._near)
        self._centres = np.zeros_like(self.sums)
        self._centre(slice(0, self.size))

    def _centre(self, rows: int | slice) -> None:
        posts = np.maximum(self.posts[rows], 1)
        means = self.sums[rows] / (posts[:, None] if isinstance(rows, slice) else posts)
        self._centres[rows] = _unit(np.atleast_2d(means - self._mean)).reshape(means.shape)


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return found


def _provisional(post: str, sequence: int) -> str:
    """A name that no other cluster gets, also after a restart from an older state."""
    told = f"{post}\n{sequence}".encode("utf-8", "replace")
    return f"new-{blake2b(told, digest_size=5).hexdigest()}"
