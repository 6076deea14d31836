"""The words of each question: what a vector misses, and what two posts share by the letter."""

import re
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.alike.arrays import Floats, Whole, roomier

Words = NDArray[np.uint16]

SIZE = 4096  # hashed words and pairs of words
MOST = 64  # of one post
READ = 2000  # characters of one post
DRAWN = 0.9  # posts that the usual frequency of a word counts for in each question

_word = re.compile(r"[^\W_]+")


def spelled(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _word.findall(text[:READ].lower())


def hashed(texts: Sequence[str]) -> Words:
    """(n, MOST): each distinct word and pair of words as a number; SIZE fills the rest."""
    out = np.full((len(texts), MOST), SIZE, np.uint16)
    for row, text in zip(out, texts, strict=True):
        words = spelled(text)
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        said = [w.encode("utf-8", "replace") for w in (*words, *pairs)]
        found = list(dict.fromkeys(crc32(w) % SIZE for w in said))[:MOST]
        row[: len(found)] = found
    return out


class Lexicon:
    """How many labelled posts of each question hold each word."""

    def __init__(self) -> None:
        self.counts = np.zeros((8, SIZE + 1), np.float32)
        self.posts = np.zeros(8, np.float32)
        self.all = np.zeros(SIZE + 1, np.float32)

    def add(self, question: int, words: Words, weight: float = 1.0) -> None:
        """Learn one labelled post; with weight -1, unlearn it."""
        self.counts = roomier(self.counts, question + 1)
        self.posts = roomier(self.posts, question + 1)
        held = words[words < SIZE]
        self.counts[question, held] += weight
        self.all[held] += weight
        self.posts[question] += weight

    def ratios(self, words: Words, candidates: Whole) -> Floats:
        """(n, c): log of how much likelier the words are in each candidate than anywhere.

        Bernoulli naive Bayes over the words that are there.
        """
        usual = (self.all + 0.5) / (self.posts.sum() + 1)
        usual_here = usual[words][:, None, :]
        held = self.counts[candidates[:, :, None], words[:, None, :]]
        posts = self.posts[candidates][:, :, None]
        logs = np.log((held / usual_here + DRAWN) / (posts + DRAWN))
        there = words < SIZE
        total: Floats = (logs * there[:, None, :]).sum(axis=2)
        return total

    def arrays(self, questions: int) -> dict[str, Floats]:
        """What a state keeps."""
        self.counts = roomier(self.counts, questions)
        self.posts = roomier(self.posts, questions)
        return {
            "counts": self.counts[:questions],
            "posts": self.posts[:questions],
            "all": self.all,
        }
