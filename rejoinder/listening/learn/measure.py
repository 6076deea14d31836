"""How well labels were found: accuracy, macro-F1, calibration, and what was taken for what."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Indices = NDArray[np.intp]
BINS = 15  # of confidence, as in Guo et al., 2017, "On Calibration of Modern Neural Networks"


class Scores(Struct):
    """Of some posts with known labels. Shares are between 0 and 1.

    confusion[i][j]: posts of label i that were read as label j.
    """

    posts: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    labels: list[str]
    confusion: list[list[int]]


def measure(
    names: Sequence[str], true: Indices, read: Indices, confidence: NDArray[np.floating]
) -> Scores:
    """Scores of what was read against what is true, both as indices into names."""
    table = confusion(true, read, len(names))
    return Scores(
        posts=len(true),
        accuracy=round(float((true == read).mean()), 4) if len(true) else 0.0,
        macro_f1=round(macro_f1(table), 4),
        calibration_error=round(calibration_error(confidence, true == read), 4),
        labels=list(names),
        confusion=table.tolist(),
    )


def confusion(true: Indices, read: Indices, size: int) -> NDArray[np.intp]:
    """How many of each label were read as each."""
    return np.bincount(true * size + read, minlength=size * size).reshape(size, size)


def macro_f1(table: NDArray[np.intp]) -> float:
    """The mean over labels of F1; a label that neither stands nor was read does not count."""
    hits, wanted = np.diag(table), table.sum(axis=1) + table.sum(axis=0)
    there = wanted > 0
    return float((2 * hits[there] / wanted[there]).mean()) if there.any() else 0.0


def calibration_error(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = BINS
) -> float:
    """Expected calibration error: |share right - mean confidence| over bins of equal width."""
    if not len(right):
        return 0.0
    which = np.minimum((confidence * bins).astype(np.intp), bins - 1)
    difference = np.bincount(which, right - confidence, minlength=bins)
    return float(np.abs(difference).sum() / len(right))


def shown(scores: Scores) -> str:
    """The table of what was taken for what, for people; rows are true."""
    width = max(6, *(len(name) for name in scores.labels))
    head = " " * width + "  " + " ".join(f"{i:>5}" for i in range(len(scores.labels)))
    lines = [
        f"{name:<{width}}  " + " ".join(f"{n:>5}" for n in row)
        for name, row in zip(scores.labels, scores.confusion, strict=True)
    ]
    return "\n".join([head, *lines])
