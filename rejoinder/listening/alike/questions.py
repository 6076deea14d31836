"""Which learned question a post asks: a two-covariance model (PLDA) over vectors of posts.

Posts of one question scatter around its centre with one covariance, centres scatter around the
mean of all posts with another (Ioffe, Probabilistic Linear Discriminant Analysis, 2006). After
both are made diagonal at once, a question with few posts is drawn to the mean by as much as is
right, and "a question never asked before" has a likelihood like any other.
"""

import numpy as np
from scipy.linalg import cholesky, eigh, solve_triangular

from rejoinder.listening.alike.arrays import Doubles, Floats, roomier

WITHIN, BETWEEN = 0.5, 0.4  # share of a unit vector's square that lies in each, before any label
WITHIN_WEIGHT, BETWEEN_WEIGHT = 200.0, 30.0  # posts and questions that this guess counts for
GROWTH = 1.25  # labels since the last fit before another: its cost per label stays bounded
FIRST = 3
TELLING = 6.0  # posts whose mean the directions of `telling` are weighted for


class Questions:
    """Sums of the labelled posts of each question, and the model fitted on them."""

    def __init__(self, dimensions: int) -> None:
        self.names: list[str] = []
        self.labels = 0
        self.sums = np.zeros((8, dimensions))
        self.counts = np.zeros(8)
        self.squares = np.zeros((dimensions, dimensions))
        self.mean_sum = np.zeros(dimensions)
        self.posts = 0
        self.fitted_at = -1
        self._at: dict[str, int] = {}
        self._pending: list[tuple[float, Doubles]] = []
        self._set(np.zeros(dimensions), *_joint(*_guess(dimensions)))

    def index(self, name: str) -> int:
        """The row of a question; a name that is new gets one."""
        if name not in self._at:
            self._at[name] = len(self.names)
            self.names.append(name)
            self.sums = roomier(self.sums, len(self.names))
            self.counts = roomier(self.counts, len(self.names))
            if len(self._linear) <= len(self.names):
                self._resize()
            self._unasked()
        return self._at[name]

    def see(self, vectors: Floats) -> None:
        """Posts, labelled or not, move the mean of all."""
        self.mean_sum += vectors.sum(axis=0, dtype=np.float64)
        self.posts += len(vectors)

    def add(self, question: int, vector: Floats, weight: float = 1.0) -> None:
        """Learn one label at once; with weight -1, unlearn it."""
        x = vector.astype(np.float64)
        self.sums[question] += weight * x
        self.counts[question] += weight
        self._pending.append((weight, x))
        self.labels += int(weight)
        if self.labels >= self.fitted_at * GROWTH + FIRST or self.fitted_at < 0:
            self.fit()
        else:
            self._centre(question, question + 1)

    def fit(self) -> None:
        """Estimate both covariances anew: a tenth of a second at 512 dimensions."""
        self._settle()
        used = self.counts[: len(self.names)] > 0
        counts = self.counts[: len(self.names)][used]
        centres = self.sums[: len(self.names)][used] / counts[:, None]
        mean = self.mean_sum / max(self.posts, 1)
        within, between = self._covariances(counts, centres, mean)
        self.fitted_at = self.labels
        self._set(mean, *_joint(within, between))

    def log_likelihoods(self, vectors: Floats) -> Floats:
        """(n, questions + 1): under each question, and last under one never asked before."""
        z = (vectors - self._mean) @ self._to.T
        rows = len(self.names) + 1
        found = np.asarray(z @ self._linear[:rows].T, np.float32)
        found -= 0.5 * (z * z) @ self._inverse[:rows].T
        found += self._constant[:rows]
        return found

    def cosines(self, vectors: Floats) -> Floats:
        """(n, questions): to the centre of each."""
        found: Floats = vectors @ self._directions[: len(self.names)].T
        return found

    def telling(self) -> Floats:
        """(d, d): the map under which distance tells questions apart, and little else.

        Directions count by the share of their scatter that lies between questions.
        """
        share = self._spread / (self._spread + 1 / TELLING)
        return (self._to64 * np.sqrt(share)[:, None]).astype(np.float32)

    def arrays(self) -> dict[str, Doubles]:
        """What a state keeps."""
        self._settle()
        rows = len(self.names)
        return {
            "sums": self.sums[:rows],
            "counts": self.counts[:rows],
            "squares": self.squares,
            "mean_sum": self.mean_sum,
            "mean": self._mean64,
            "to": self._to64,
            "spread": self._spread,
            "sizes": np.array([self.labels, self.posts, self.fitted_at], np.float64),
        }

    @classmethod
    def restored(cls, names: list[str], kept: dict[str, Doubles]) -> "Questions":
        """From the arrays of a state."""
        self = cls.__new__(cls)
        self.names, self._pending = list(names), []
        self._at = {name: row for row, name in enumerate(names)}
        self.sums, self.counts = roomier(kept["sums"], 8), roomier(kept["counts"], 8)
        self.squares, self.mean_sum = kept["squares"], kept["mean_sum"]
        self.labels, self.posts, self.fitted_at = (int(size) for size in kept["sizes"])
        self._set(kept["mean"], kept["to"], kept["spread"])
        return self

    def _settle(self) -> None:
        """Squares of the labels since the last time, in one product: they cost more one by one."""
        if self._pending:
            x = np.stack([x for _, x in self._pending])
            self.squares += (x.T * [weight for weight, _ in self._pending]) @ x
            self._pending.clear()

    def _covariances(
        self, counts: Doubles, centres: Doubles, mean: Doubles
    ) -> tuple[Doubles, Doubles]:
        """Within and between questions, both drawn to the first guess while labels are few."""
        within0, between0 = _guess(len(mean))
        scatter = self.squares - (centres.T * counts) @ centres
        freedom = max(counts.sum() - len(counts), 0.0)
        within = (WITHIN_WEIGHT * within0 + scatter) / (WITHIN_WEIGHT + freedom)
        apart = centres - mean
        weight = BETWEEN_WEIGHT + len(counts)
        noise = (1 / counts).sum() / weight  # centres of few posts lie apart by chance too
        return within, (BETWEEN_WEIGHT * between0 + apart.T @ apart) / weight - noise * within

    def _set(self, mean: Doubles, to: Doubles, spread: Doubles) -> None:
        self._mean64, self._to64, self._spread = mean, to, spread
        self._mean, self._to = mean.astype(np.float32), to.astype(np.float32)
        self._resize()

    def _resize(self) -> None:
        """Room for a row for each question and the last for a new one."""
        shape = (len(self.sums) + 1, len(self._mean))
        self._linear = np.zeros(shape, np.float32)
        self._inverse = np.ones(shape, np.float32)
        self._constant = np.full(shape[0], -np.inf, np.float32)
        self._directions = np.zeros(shape, np.float32)
        self._centre(0, len(self.names))
        self._unasked()

    def _centre(self, first: int, end: int) -> None:
        """Rows of questions: the likelihood of their next post."""
        rows = slice(first, end)
        counts = self.counts[rows, None]
        means = self.sums[rows] / np.maximum(counts, 1e-9) * (counts > 0)
        grown = counts * self._spread
        at = grown / (1 + grown) * ((means - self._mean64) @ self._to64.T)
        variance = 1 + self._spread / (1 + grown)
        self._linear[rows], self._inverse[rows] = at / variance, 1 / variance
        constant = -0.5 * (at * at / variance + np.log(variance)).sum(axis=1)
        self._constant[rows] = np.where(counts[:, 0] > 0, constant, -np.inf)
        length = np.linalg.norm(means, axis=1, keepdims=True)
        self._directions[rows] = means / np.maximum(length, 1e-9)

    def _unasked(self) -> None:
        """The row after the last: the likelihood of a post of a new question."""
        row, variance = len(self.names), 1 + self._spread
        self._linear[row], self._inverse[row] = 0, 1 / variance
        self._constant[row] = -0.5 * np.log(variance).sum()


def _guess(dimensions: int) -> tuple[Doubles, Doubles]:
    identity = np.eye(dimensions)
    return identity * (WITHIN / dimensions), identity * (BETWEEN / dimensions)


def _joint(within: Doubles, between: Doubles) -> tuple[Doubles, Doubles]:
    """The map that makes `within` the identity and `between` diagonal, and that diagonal."""
    root = cholesky(within, lower=True)
    half = solve_triangular(root, between, lower=True)
    spread, turn = eigh(solve_triangular(root, half.T, lower=True))
    to = solve_triangular(root, turn, lower=True, trans="T").T
    return np.ascontiguousarray(to), np.maximum(spread, 1e-3)
