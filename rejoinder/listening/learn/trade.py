"""What is known of posts to care desks before any label is seen.

A ridge from what a post means to the sentiment, intent and need of the posts that the project
wrote. Its guesses are features for a learner, which needs fewer labels for a rare one then. Made
by `python -m training.trade`; models that were stored rely on it, so a new one is a new FORMAT.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "trade.npz"


def known(features: Floats) -> Floats:
    """From features of meaning (n, FEATURES + 513) the guesses (n, k), mostly between 0 and 1."""
    found: Floats = features @ _weights()
    return found


@cache
def _weights() -> Floats:
    with np.load(FILE, allow_pickle=False) as arrays:
        weights: Floats = arrays["weights"].astype(np.float32)
        return weights
