"""Arrays that grow as rows are written."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


def roomier(array: NDArray[Any], rows: int) -> NDArray[Any]:
    """The same rows in an array with room for at least `rows`; doubled, so that it is rare."""
    if rows <= len(array):
        return array
    out = np.zeros((max(rows, 2 * len(array)), *array.shape[1:]), array.dtype)
    out[: len(array)] = array
    return out
