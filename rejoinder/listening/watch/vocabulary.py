"""Which of many words to look for a word of a text is: looked up once, then remembered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from rejoinder.listening.watch.cut import Ints
from rejoinder.listening.watch.edits import shortened
from rejoinder.listening.watch.query import Word
from rejoinder.listening.watch.words import read

_REMEMBERED = 200_000  # words
_LONGEST = 64  # characters; longer ones are seldom seen twice
_LONGEST_MISSPELT = 42  # characters; `parse` allows 40 and two edits


class Vocabulary(dict[str, tuple[int, ...]]):
    """From a word to the *leaves* that it meets: numbers of the sets of words asked for.

    A leaf is met when the word fits one of its words.
    """

    def __init__(self, leaves: Sequence[Iterable[Word]]) -> None:
        super().__init__()
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._misspelt: dict[str, list[tuple[Word, int]]] = defaultdict(list)
        self._edits = 0
        for number, words in enumerate(leaves):
            for word in words:
                self._add(word, number)

    def _add(self, word: Word, leaf: int) -> None:
        key = word.sign + word.text
        if word.starts:
            self._starts[len(key)][key].append(leaf)
        elif word.edits:
            self._edits = max(self._edits, word.edits)
            for short in shortened(word.text, word.edits):
                self._misspelt[short].append((word, leaf))
        else:
            self._exact[key].append(leaf)

    def leaves(self, words: Sequence[str]) -> tuple[Ints, Ints]:
        """The leaves that these words meet, and for each the index of its word."""
        if len(self) > _REMEMBERED:
            self.clear()
        met = list(map(self.__getitem__, words))
        sizes = np.fromiter(map(len, met), np.int64, len(met))
        leaves = np.fromiter(chain.from_iterable(met), np.int64, sizes.sum())
        return leaves, np.repeat(np.arange(len(met)), sizes)

    def __missing__(self, word: str) -> tuple[int, ...]:
        leaves = tuple(self._leaves(word))
        if len(word) <= _LONGEST:
            self[word] = leaves
        return leaves

    def _leaves(self, word: str) -> set[int]:
        sign, bodies = read(word)
        keys = [*bodies, *(sign + body for body in bodies if sign)]
        found = {leaf for key in keys for leaf in self._exact.get(key, ())}
        for length, starts in self._starts.items():
            found.update(leaf for key in keys for leaf in starts.get(key[:length], ()))
        if self._edits:
            found |= self._alike(word, bodies)
        return found

    def _alike(self, word: str, bodies: tuple[str, ...]) -> set[int]:
        short = {
            each
            for body in bodies
            if len(body) <= _LONGEST_MISSPELT
            for each in shortened(body, self._edits)
        }
        near = {one for each in short for one in self._misspelt.get(each, ())}
        return {leaf for wanted, leaf in near if wanted.fits(word)}
