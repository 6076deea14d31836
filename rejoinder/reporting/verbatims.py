"""A few posts that stand for many: those which the others are most like, never the loudest. Pure.

Likeness is that of words (cosine of tf-idf), so nothing about whoever wrote a post can weigh. The
choice is the greedy one for facility location: each post chosen is the one that brings all posts
nearest to a chosen one (Nemhauser, Wolsey and Fisher 1978, Mathematical Programming 14, 265–294:
at least 63 % of the best choice).
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rejoinder.listening.store.words import words

Floats = npt.NDArray[np.float64]

WORDS_AT_LEAST = 4  # a post of fewer says nothing that could stand for others
LONGEST = 280  # characters that are shown
LEAST = 3  # are chosen, however alike, as long as they differ
LITTLE = 0.05  # of all likeness that there could be, from another one
_NOTHING = 1e-9
_HANDLE = re.compile(r"(?<![\w.])@[\w.\-]+(?:@[\w.\-]+)?")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Whom a reply is to stands before its words on most networks; a row of names says no more than one.
_TO = re.compile(r"\A(?:@…\s*)+")
_ROW = re.compile(r"@…(?:[\s,]+@…)+")
_PASSED_ON = re.compile(r"\s*RT @", re.IGNORECASE)
_ENDING = re.compile(r"\S*\Z")


def chosen(texts: Sequence[str], most: int) -> list[int]:
    """The places of at most `most` texts, the most like all others first; of equals the first.

    Stops before a text that says the same as one that is chosen already, and after `LEAST` before
    one that says little else.
    """
    enough = [at for at, text in enumerate(texts) if len(words(quoted(text))) >= WORDS_AT_LEAST]
    # What somebody passed on, or a network cut off, is quoted where there is nothing else.
    enough = [at for at in enough if _own_and_whole(texts[at])] or enough
    if not enough:
        return []
    return [enough[at] for at in representative(alike([quoted(texts[at]) for at in enough]), most)]


def _own_and_whole(text: str) -> bool:
    return not _PASSED_ON.match(text) and not text.rstrip().endswith("…")


def representative(likeness: Floats, most: int) -> list[int]:
    """The greedy choice by a symmetric likeness (n, n) in 0…1 with ones on the diagonal."""
    reached = np.zeros(len(likeness))
    found: list[int] = []
    while len(found) < min(most, len(likeness)):
        gains = np.maximum(likeness - reached, 0).sum(axis=1)
        gains[found] = -1
        best = int(gains.argmax())
        if gains[best] < (_NOTHING if len(found) < LEAST else LITTLE * len(likeness)):
            break
        found.append(best)
        reached = np.maximum(reached, likeness[best])
    return found


def alike(texts: Sequence[str]) -> Floats:
    """The likeness of each text to each, (n, n): 1 for the same words, 0 for none in common."""
    counted = [Counter(words(text)) for text in texts]
    column = {word: at for at, word in enumerate(dict.fromkeys(w for c in counted for w in c))}
    table = np.zeros((len(texts), len(column)))
    for row, counts in enumerate(counted):
        for word, many in counts.items():
            table[row, column[word]] = 1 + np.log(many)
    in_texts = (table > 0).sum(axis=0)
    table *= np.log((1 + len(texts)) / (1 + in_texts)) + 1
    length = np.sqrt((table**2).sum(axis=1, keepdims=True))
    table /= np.where(length > 0, length, 1)
    found: Floats = np.clip(table @ table.T, 0, 1)
    np.fill_diagonal(found, 1)
    return found


def quoted(text: str) -> str:
    """As it is shown to people who know nobody in it: without handles and links, cut at a word."""
    said = " ".join(_LINK.sub("…", _HANDLE.sub("@…", text)).split())
    said = _ROW.sub("@…", _TO.sub("", said) or said)
    if len(said) <= LONGEST:
        return said
    cut = said[:LONGEST]
    return f"{(_ENDING.sub('', cut).rstrip() or cut)}…"
