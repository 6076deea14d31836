"""Whose each mention is. Pure."""

from collections.abc import Mapping

import numpy as np

from rejoinder.reporting.rollup.columns import Columns, Ints

NOBODY = 0


def area_of(found: Columns, questions: Mapping[int, int], intents: Mapping[str, int]) -> Ints:
    """The area (its pk) of each mention, `NOBODY` for none: that of its question, if somebody said
    whose it is, else that of what it is about.
    """
    by_word = np.array([intents.get(word, NOBODY) for word in found.words["intent"]], np.int64)
    about = by_word[found["intent"]] if len(by_word) else np.zeros(found.many, np.int64)
    if not questions:
        return about
    asked = np.array(sorted(questions), np.int64)
    whose = np.array([questions[each] for each in asked.tolist()], np.int64)
    at = np.searchsorted(asked, found["question"]).clip(max=len(asked) - 1)
    of: Ints = np.where(asked[at] == found["question"], whose[at], about)
    return of
