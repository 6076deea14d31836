"""Which posts are learned from and which are held back, so that nothing leaks."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

FOLDS = 5
_same = re.compile(r"@\w+|https?://\S+|[^\w\s]|\s+")


def kept_back(texts: Sequence[str]) -> NDArray[np.bool_]:
    """One fifth of the texts, always the same ones: chosen by what they say."""
    return np.array([_digest(text) % FOLDS == 0 for text in texts], bool)


def folds(texts: Sequence[str], labels: Indices) -> Indices:
    """A fold for each text, 0…FOLDS-1; copies stand together, labels are spread evenly."""
    keys = [_digest(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda i: (labels[i], keys[i]))
    fold_of: dict[int, int] = {}
    for i in order:
        fold_of.setdefault(keys[i], len(fold_of) % FOLDS)
    return np.array([fold_of[key] for key in keys], np.intp)


def _digest(text: str) -> int:
    said = " ".join(_same.sub(" ", text.lower()).split())
    return int.from_bytes(hashlib.blake2b(said.encode(errors="replace"), digest_size=6).digest())
