"""What of a post counts when copies are looked for, in arrays for a whole batch.

Addresses, handles, case, accents, punctuation, and the mark of a retweet do not count. The rest
is taken as the set of its shingles: three words side by side (Broder, SEQUENCES 1997).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.watch.cut import Cut, Ints

Hashes = NDArray[np.uint64]
Shingles = NDArray[np.uint32]
Flags = NDArray[np.bool_]

SHINGLE, OPENING = 3, 6  # words
ENOUGH = 10  # different words of two letters or more: so many two people do not write by chance
READ = 2_000  # code points of a post

_MARK = re.compile(r"\s*(?:(?:RT|MT)\b:?\s*@(\w+):?\s*|[\"“”]\s*@(\w+):\s*)+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:…|\.\.\.)[\s\"”]*\Z")
_AT = ord("@")
_ODD = 0x9E37_79B9_7F4A_7C15

Whole = TypeVar("Whole", Hashes, Ints)


class Wordings:
    """The wordings of some posts. Shingles of post n are `shingles[first[n]:first[n + 1]]`.

    `whole` and `opening` are hashes of all words and of the first six; `first` ascends and the
    shingles of a post do. `enough`: long enough to be known again whoever wrote it. `marked`: says
    itself that it is a copy. `cut_off`: ends in the middle. `empty`: no word counts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        bare, handles, cut_off = _bare([text[:READ] for text in texts])
        cut = Cut(bare)
        words, post = _words(cut, cut_off)
        self.cut_off = cut_off
        self.marked: Flags = np.array([bool(handle) for handle in handles], np.bool_)
        counts = np.bincount(post, minlength=len(texts))
        self.empty: Flags = counts == 0
        hashes = _hashes(cut, words)
        self.enough = _enough(cut, words, post, hashes, len(texts))
        at = np.arange(len(words)) - (np.cumsum(counts) - counts)[post]
        self.whole = _joined(hashes, post, at, len(texts))
        early = at < OPENING
        self.opening = _joined(hashes[early], post[early], at[early], len(texts))
        # A short copy is known only by whom it copies as well.
        short = self.marked & ~self.enough
        self.whole[short] += _handles(handles)[short]
        self.shingles, self.first = _shingles(hashes, post, len(texts))


def _bare(texts: Sequence[str]) -> tuple[list[str], list[str], Flags]:
    """The texts without addresses and marks, whom they say they copy, and whether they are cut."""
    bare, handles = [], []
    for text in texts:
        mark = _MARK.match(text)
        handles.append((mark[1] or mark[2] or "").lower() if mark else "")
        rest = text[mark.end() :] if mark else text
        bare.append(_ADDRESS.sub(" ", rest) if "http" in rest or "www." in rest else rest)
    ends = ("…" in text[-4:] or "..." in text[-6:] for text in bare)
    cut_off = [end and bool(_CUT_OFF.search(text)) for end, text in zip(ends, bare, strict=True)]
    return bare, handles, np.array(cut_off, np.bool_)


def _words(cut: Cut, cut_off: Flags) -> tuple[Ints, Ints]:
    """The words that count, and their posts: no handles, and no last word that was cut off."""
    words = np.arange(len(cut.start))
    post = cut.text_of(words)
    last = np.append(post[1:] != post[:-1], True)[: len(words)]
    kept = (cut.codes[cut.start] != _AT) & ~(last & cut_off[post])
    return words[kept], post[kept]


def _enough(cut: Cut, words: Ints, post: Ints, hashes: Hashes, many: int) -> Flags:
    digits = np.cumsum((cut.codes >= ord("0")) & (cut.codes <= ord("9")))
    start, stop = cut.start[words], cut.stop[words]
    good = (stop - start >= 2) & (digits[stop - 1] == digits[start - 1])
    different = distinct((post[good] << 32) | (hashes[good] >> np.uint64(32)).astype(np.int64))
    found: Flags = np.bincount(different >> 32, minlength=many) >= ENOUGH
    return found


def _hashes(cut: Cut, words: Ints) -> Hashes:
    """A polynomial of each word's characters modulo 2**64, from sums over the whole text."""
    powers, inverse = _powers(1 << len(cut.codes).bit_length())
    sums = np.cumsum(cut.codes * powers[: len(cut.codes)], dtype=np.uint64)
    start, stop = cut.start[words], cut.stop[words]
    return _mixed((sums[stop - 1] - sums[start - 1]) * inverse[start])


def _joined(hashes: Hashes, post: Ints, at: Ints, many: int) -> Hashes:
    """One hash for the words of each post, in their order."""
    powers, _ = _powers(1 << int(at.max(initial=0)).bit_length())
    return _mixed(_sums(hashes * powers[at], post, many))


def _shingles(hashes: Hashes, post: Ints, many: int) -> tuple[Shingles, Ints]:
    """The different shingles of each post, ascending, and where those of each post start."""
    last = len(hashes) - SHINGLE + 1
    if last < 1:
        return np.zeros(0, np.uint32), np.zeros(many + 1, np.int64)
    powers, _ = _powers(SHINGLE)
    sums = np.zeros(last, np.uint64)
    for on in range(SHINGLE):
        sums += hashes[on : on + last] * powers[on]
    inside = post[:last] == post[SHINGLE - 1 :]
    owner = post[:last][inside].astype(np.uint64)
    keys = distinct((owner << np.uint64(32)) | (_mixed(sums[inside]) >> np.uint64(32)))
    first = np.searchsorted(keys >> np.uint64(32), np.arange(many + 1, dtype=np.uint64))
    return keys.astype(np.uint32), first


def _handles(handles: Sequence[str]) -> Hashes:
    return np.array([hash(handle) & 0xFFFF_FFFF_FFFF_FFFF for handle in handles], np.uint64)


def _sums(values: Hashes, piece: Ints, many: int) -> Hashes:
    """The sum of each piece's values modulo 2**64; pieces ascend."""
    total = np.append(np.uint64(0), np.cumsum(values, dtype=np.uint64))
    bounds = np.searchsorted(piece, np.arange(many + 1))
    return total[bounds[1:]] - total[bounds[:-1]]


@lru_cache(maxsize=4)
def _powers(many: int) -> tuple[Hashes, Hashes]:
    """The first powers of an odd number modulo 2**64, and their inverses."""
    both = []
    for base in (_ODD, pow(_ODD, -1, 1 << 64)):
        steps = np.full(many, base, np.uint64)
        steps[0] = 1
        both.append(np.cumprod(steps, dtype=np.uint64))
    return both[0], both[1]


def distinct(values: Whole) -> Whole:
    """The different values, ascending; here much faster than numpy.unique, which hashes."""
    ordered = np.sort(values)
    found: Whole = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def _mixed(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return mixed ^ (mixed >> np.uint64(31))
