"""Which posts are learned from and which are held back, so that nothing leaks."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

FOLDS = 5
OF_A_BRAND = 0.05  # the share of posts a handle must stand in to be taken for a brand's
_handle = re.compile(r"@(\w+)")
_same = re.compile(r"@\w+|https?://\S+|[^\w\s]|\s+")


def kept_back(texts: Sequence[str]) -> NDArray[np.bool_]:
    """One fifth of the texts, always the same ones: chosen by what they say."""
    return np.array([_digest(text) % FOLDS == 0 for text in texts], bool)


def folds(texts: Sequence[str], labels: Indices) -> Indices:
    """A fold for each text, 0…FOLDS-1; copies stand together, labels are spread evenly.

    Where most posts name one of a few brands, each brand stands in one fold, as far as that can
    be: then what is chosen on folds holds for a brand never seen.
    """
    keys = [_digest(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda i: (labels[i], keys[i]))
    fold_of: dict[int, int] = {}
    for i in order:
        fold_of.setdefault(keys[i], len(fold_of) % FOLDS)
    return np.array([fold_of[key] for key in keys], np.intp)


def by_brand(texts: Sequence[str]) -> Indices | None:
    """A brand's number for each text where at least three brands are named; else None."""
    named = [{h.lower() for h in _handle.findall(text)} for text in texts]
    common = Counter(handle for handles in named for handle in handles)
    brands = [h for h, n in common.most_common(2 * FOLDS) if n >= OF_A_BRAND * len(texts)]
    found = [next((b for b, h in enumerate(brands) if h in handles), -1) for handles in named]
    enough = len(brands) > 2 and sum(b >= 0 for b in found) > 0.8 * len(texts)
    return np.array(found, np.intp) + 1 if enough else None


def _digest(text: str) -> int:
    said = " ".join(_same.sub(" ", text.lower()).split())
    return int.from_bytes(hashlib.blake2b(said.encode(errors="replace"), digest_size=6).digest())
