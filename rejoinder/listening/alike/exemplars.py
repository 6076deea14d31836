"""Some labelled posts of each question, to ask whether a post is nearly the same as one."""

import numpy as np

from rejoinder.listening.alike.arrays import Doubles, Floats, Whole, roomier

KEPT = 20  # of each question: its newest
NONE = -1.0  # the likeness to a question that keeps none
BLOCK = 16  # posts at a time: their candidates' exemplars stay within 4 MB


class Exemplars:
    """The newest labelled vectors of each question."""

    def __init__(self, dimensions: int) -> None:
        self.vectors = np.zeros((8, KEPT, dimensions), np.float32)
        self.counts = np.zeros(8, np.int64)

    def add(self, question: int, vector: Floats) -> None:
        """Keep one more; the oldest of the question gives way."""
        self.vectors = roomier(self.vectors, question + 1)
        self.counts = roomier(self.counts, question + 1)
        self.vectors[question, self.counts[question] % KEPT] = vector
        self.counts[question] += 1

    def remove(self, question: int, vector: Floats) -> None:
        """Forget one that was labelled wrongly, if it is still kept."""
        kept = min(int(self.counts[question]), KEPT)
        same = np.flatnonzero((self.vectors[question, :kept] == vector).all(axis=1))
        if len(same):
            rest = np.delete(self.vectors[question, :kept], same[0], axis=0)
            self.vectors[question] = 0
            self.vectors[question, : kept - 1] = rest
            self.counts[question] = kept - 1

    def nearest(self, vectors: Floats, candidates: Whole) -> Floats:
        """(n, c): the highest cosine of each post to an exemplar of each of its candidates."""
        out = np.empty(candidates.shape, np.float32)
        for at in range(0, len(vectors), BLOCK):
            some = slice(at, at + BLOCK)
            out[some] = self._nearest(vectors[some], candidates[some])
        return out

    def _nearest(self, vectors: Floats, candidates: Whole) -> Floats:
        kept = self.vectors[candidates]
        n, c = candidates.shape
        near = (kept.reshape(n, c * KEPT, -1) @ vectors[:, :, None]).reshape(n, c, KEPT)
        empty = np.arange(KEPT) >= self.counts[candidates][:, :, None]
        best: Floats = np.where(empty, NONE, near).max(axis=2)
        return best

    def arrays(self, questions: int) -> dict[str, Floats | Whole | Doubles]:
        """What a state keeps."""
        self.vectors = roomier(self.vectors, questions)
        self.counts = roomier(self.counts, questions)
        return {"vectors": self.vectors[:questions], "counts": self.counts[:questions]}
