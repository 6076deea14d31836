"""The words and letters of many posts at once, hashed into counts.

Words, pairs of neighbouring words, and runs of three to five letters inside a word with its edges.
Handles and links are one token each, so that nothing is learned about one brand's name; marks and
emoji are tokens. All of it is computed on the code points of a whole batch (Weinberger et al.,
2009, "Feature Hashing for Large Scale Multitask Learning").
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

BUCKETS = 1 << 18
LONGEST = 600  # characters that are read
HANDLE, LINK, SHOUT = "\ue000", "\ue001", "\ue002"  # private use: nobody writes them
RUNS = (3, 4, 5)

Counts: TypeAlias = sp.csr_matrix
Numbers = NDArray[np.uint64]

_handle = re.compile(r"@\w+")
_link = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_mark = re.compile(r"([^\w\s'])")
_shout = re.compile(r"\b[A-Z]{3,}\b")
_unwritable = re.compile(r"[\ud800-\udfff\0]")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 18)
_POWERS = np.cumprod(np.full(LONGEST * 4, _PRIME, np.uint64))


def counts(texts: Sequence[str]) -> tuple[Counts, Counts]:
    """Hashed counts of words and of runs of letters, each (n, BUCKETS)."""
    plain = [normal(text) for text in texts]
    codes = np.frombuffer("".join(plain).encode("utf-32-le"), np.uint32).astype(np.uint64)
    row = np.repeat(np.arange(len(plain)), [len(text) for text in plain])
    space = codes == ord(" ")
    words = _together(_words(codes, space, row), len(plain))
    return words, _together(_runs(codes, space, row), len(plain))


def normal(text: str) -> str:
    """Lower case, single spaces and one at each end; marks stand alone."""
    said = html.unescape(_unwritable.sub(" ", text[: 4 * LONGEST])).replace("’", "'")
    said = _handle.sub(f" {HANDLE} ", _link.sub(f" {LINK} ", said))
    shout = f" {SHOUT}" if len(_shout.findall(said)) > 1 else ""
    tokens = _mark.sub(r" \1 ", said.lower()).split()
    return f" {' '.join(tokens)[:LONGEST].strip()}{shout} "


Found = Iterator[tuple[NDArray[np.intp], Numbers]]


def _words(codes: Numbers, space: NDArray[np.bool_], row: NDArray[np.intp]) -> Found:
    begins = np.flatnonzero(~space & np.roll(space, 1))
    if not len(begins):
        return
    inside = np.where(space, np.uint64(0), codes)
    hashed = np.add.reduceat(inside * _POWERS[_places(begins, len(codes))], begins)
    rows = row[begins]
    yield rows, hashed
    same = rows[1:] == rows[:-1]
    yield rows[1:][same], (hashed[:-1] * np.uint64(31) + hashed[1:] + np.uint64(7))[same]


def _places(begins: NDArray[np.intp], length: int) -> NDArray[np.intp]:
    """How far each character stands from the beginning of its word."""
    starts = np.zeros(length, np.intp)
    starts[begins] = begins
    return np.arange(length) - np.maximum.accumulate(starts)


def _runs(codes: Numbers, space: NDArray[np.bool_], row: NDArray[np.intp]) -> Found:
    spaces = np.concatenate([[0], np.cumsum(space)])
    hashed = codes.copy()
    for n in range(2, max(RUNS) + 1):
        if len(codes) < n:
            return
        hashed = hashed[: len(codes) - n + 1] * _PRIME + codes[n - 1 :]
        if n in RUNS:
            first = np.arange(len(hashed))
            whole = spaces[first + n - 1] == spaces[first + 1]  # no space but at its ends
            yield row[first[whole]], hashed[whole] + np.uint64(n)


def _together(found: Found, size: int) -> Counts:
    parts = list(found)
    rows = np.concatenate([np.empty(0, np.intp), *(r for r, _ in parts)])
    hashed = np.concatenate([np.empty(0, np.uint64), *(h for _, h in parts)])
    columns = ((hashed * _PRIME) ^ (hashed >> np.uint64(29))) * _PRIME >> _SHIFT
    ones = np.ones(len(rows), np.float32)
    return sp.csr_matrix((ones, (rows, columns.astype(np.intp))), shape=(size, BUCKETS))
