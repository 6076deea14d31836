"""Whose each mention is. Pure."""

from collections.abc import Mapping

import numpy as np

from rejoinder.reporting.rollup.columns import Columns, Ints

NOBODY = 0


class Mapped:
    """The area (its pk) of a mention, `NOBODY` for none: that of its question, if somebody said
    whose it is, else that of what it is about.
    """

    def __init__(self, questions: Mapping[int, int], intents: Mapping[str, int]) -> None:
        self.intents = intents
        self.asked = np.array(sorted(questions), np.int64)
        self.whose = np.array([questions[each] for each in self.asked.tolist()], np.int64)

    def of(self, found: Columns) -> Ints:
        """That of each; it needs their `intent` and `question`."""
        words = found.words["intent"]
        by_word = np.array([self.intents.get(word, NOBODY) for word in words], np.int64)
        about = by_word[found["intent"]] if len(by_word) else np.zeros(found.many, np.int64)
        if not len(self.asked):
            return about
        at = np.searchsorted(self.asked, found["question"]).clip(max=len(self.asked) - 1)
        of: Ints = np.where(self.asked[at] == found["question"], self.whose[at], about)
        return of
