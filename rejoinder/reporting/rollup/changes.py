"""What a second counting changes in figures of days that were over. Pure."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rejoinder.reporting.rollup.columns import WORDS, Columns, Ints

TOLD = ("person", "question", "need", *WORDS)  # what makes a mention count elsewhere
GONE, COME, OTHERWISE = "gone", "come", "otherwise"


@dataclass(frozen=True, slots=True)
class Now:
    """What is counted now: each mention's own day and the day it was heard, `today`, and the number
    of the last mention that was counted before. Days are ordinals.
    """

    columns: Columns
    days: Ints
    heard: Ints
    today: int
    seen: int


Found = Counter[tuple[int, int, str]]  # of a day, on a day, how: mentions


def changed(before: Columns, days: Ints, now: Now) -> Found:
    """Of days that were over when it changed. `before` are the same mentions as counted last, with
    the days they were of; what was not there then came on the day it was heard, or else today.
    """
    after = now.columns
    _both, old, new = np.intersect1d(
        before["row"], after["row"], assume_unique=True, return_indices=True
    )
    gone = np.setdiff1d(np.arange(before.many), old)
    come = np.setdiff1d(np.arange(after.many), new)
    moved = old[_differ(before, after, old, new)]
    found: Found = Counter()
    _note(found, days[gone], now.today, GONE)
    _note(found, days[moved], now.today, OTHERWISE)
    on = np.where(after["row"][come] > now.seen, now.heard[come], now.today)
    for day, when in zip(now.days[come].tolist(), on.tolist(), strict=True):
        if day < when:
            found[day, when, COME] += 1
    return found


def _note(found: Found, days: Ints, today: int, how: str) -> None:
    for day in days.tolist():
        if day < today:
            found[day, today, how] += 1


def _differ(before: Columns, after: Columns, old: Ints, new: Ints) -> npt.NDArray[np.bool_]:
    other = np.zeros(len(old), np.bool_)
    for name in TOLD:
        left, right = before[name][old], after[name][new]
        if name in WORDS:
            places = {word: at for at, word in enumerate(after.words[name])}
            as_after = [places.get(word, -1) for word in before.words[name]]
            left = np.array(as_after, np.int64)[left] if len(left) else left
        other |= left != right
    return other
