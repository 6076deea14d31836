"""Where each value stands among those met so far. Pure."""

from collections.abc import Sequence

import numpy as np

from rejoinder.reporting.rollup.columns import Ints

FEW_VALUES = 4096  # small numbers: needs, areas


class Places:
    """Values of one dimension, each with the place at which it was first met."""

    def __init__(self) -> None:
        self.at: dict[str, int] = {}
        self._lists: dict[tuple[str, ...], Ints] = {}
        self._numbers = np.full(FEW_VALUES, -1, np.int64)  # places of small numbers, once met

    def of_words(self, places: Ints, words: Sequence[str]) -> Ints:
        """From places in a list of words."""
        found: Ints = self._list(tuple(words))[places]
        return found

    def of_numbers(self, numbers: Ints) -> Ints:
        """From the values themselves."""
        if numbers.min() < 0 or numbers.max() >= FEW_VALUES:
            values, places = np.unique(numbers, return_inverse=True)
            return self.of_words(places, [str(each) for each in values.tolist()])
        found: Ints = self._numbers[numbers]
        if found.min() < 0:
            new = np.flatnonzero(np.bincount(numbers))
            self._numbers[new] = [self._place(str(each)) for each in new.tolist()]
            found = self._numbers[numbers]
        return found

    def _list(self, words: tuple[str, ...]) -> Ints:
        if words not in self._lists:
            self._lists[words] = np.array([self._place(each) for each in words], np.int64)
        return self._lists[words]

    def _place(self, value: str) -> int:
        return self.at.setdefault(value, len(self.at))
