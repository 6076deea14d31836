"""Which of many words to look for a word of a text is: looked up once, then remembered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch.edits import shortened
from rejoinder.listening.watch.query import Word
from rejoinder.listening.watch.words import SEPARATOR, read

NOTHING, END = 0, 1
_REMEMBERED = 400_000  # words
_LONGEST = 64  # bytes; longer ones are seldom seen twice
_LONGEST_MISSPELT = 42  # characters; `parse` allows 40 and two edits


class Vocabulary(dict[bytes, int]):
    """From a word in UTF-8 to the number of its class.

    A class stands for a set of *leaves*, the numbers of the sets of words that were asked for; a
    leaf is met when the word fits one of its words. NOTHING meets none, END is the separator.
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
        self._classes: dict[tuple[int, ...], int] = {(): NOTHING}
        self._members: list[tuple[int, ...]] = [(), ()]

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

    def classes(self, words: list[bytes]) -> NDArray[np.int64]:
        """The class of each word."""
        if len(self) > _REMEMBERED:
            self.clear()
        self[SEPARATOR] = END
        return np.fromiter(map(self.__getitem__, words), np.int64, len(words))

    def leaves(self, classes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The leaves of these classes one after another, and for each the index of its class."""
        distinct, which = np.unique(classes, return_inverse=True)
        members = [self._members[number] for number in distinct.tolist()]
        flat = np.array([leaf for leaves in members for leaf in leaves], np.int64)
        sizes = np.array([len(leaves) for leaves in members], np.int64)
        return ragged(flat, (np.cumsum(sizes) - sizes)[which], sizes[which])

    def __missing__(self, word: bytes) -> int:
        leaves = tuple(sorted(self._leaves(word.decode())))
        number = self._classes.setdefault(leaves, len(self._members))
        if number == len(self._members):
            self._members.append(leaves)
        if len(word) <= _LONGEST:
            self[word] = number
        return number

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


def ragged(
    flat: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pieces of `flat` that start there, one after another, and the number of each's piece."""
    piece = np.repeat(np.arange(len(starts)), sizes)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return flat[starts[piece] + within], piece
