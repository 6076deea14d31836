"""Columns of numbers and words in few bytes. Pure.

A column holds how far each value is from the least one, in as few bytes as the farthest needs, and
none at all where all are the same (frame of reference; Goldstein, Ramakrishnan and Shaft 1998).
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
NUMBERS = ("at", "row", "person", "question", "need", "public")
WORDS = ("channel", "intent", "sentiment", "language")
NAMES = (*NUMBERS, *WORDS)
NO_NEED = 9  # of a mention that was not read
_HEAD = struct.Struct("<qB")
_SIZE = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Columns:
    """Mentions side by side, in the order of their numbers.

    `at` are whole seconds since 1970, `row` the number of the mention, `question` 0 for none.
    Words are places in `words[name]`; only the columns that were asked for are there.
    """

    many: int
    values: Mapping[str, Ints]
    words: Mapping[str, Sequence[str]]

    def __getitem__(self, name: str) -> Ints:
        return self.values[name]

    def where(self, wanted: npt.NDArray[np.bool_]) -> "Columns":
        """Those of the mentions for which it is true."""
        kept = {name: column[wanted] for name, column in self.values.items()}
        return Columns(int(wanted.sum()), kept, self.words)


def packed(values: Ints) -> bytes:
    """A column of whole numbers."""
    if not len(values):
        return b""
    base = int(values.min())
    over = (values - base).astype(np.uint64)
    farthest = int(over.max())
    width = next(each for each in (0, 1, 2, 4, 8) if farthest < 256**each)
    return _HEAD.pack(base, width) + (over.astype(f"<u{width}").tobytes() if width else b"")


def unpacked(data: bytes, many: int) -> Ints:
    """`many` numbers as they were."""
    if not many:
        return np.zeros(0, np.int64)
    base, width = _HEAD.unpack_from(data)
    if not width:
        return np.full(many, base, np.int64)
    found: Ints = np.frombuffer(data, f"<u{width}", many, _HEAD.size).astype(np.int64)
    found += base
    return found


def packed_words(places: Ints, words: Sequence[str]) -> bytes:
    """A column of places in a list of words, and the list."""
    head = msgspec.json.encode(words)
    return _SIZE.pack(len(head)) + head + packed(places)


def unpacked_words(data: bytes, many: int) -> tuple[Ints, list[str]]:
    """Places in a list of words, and the list."""
    size = _SIZE.unpack_from(data)[0]
    words = msgspec.json.decode(data[_SIZE.size : _SIZE.size + size], type=list[str])
    return unpacked(data[_SIZE.size + size :], many), words


def joined(parts: Sequence[Columns], names: Sequence[str]) -> Columns:
    """One after the other; words of all in one list each."""
    values: dict[str, Ints] = {}
    words: dict[str, Sequence[str]] = {}
    for name in names:
        columns = [part[name] for part in parts]
        if name in WORDS:
            columns, words[name] = _one_list(columns, [part.words[name] for part in parts])
        values[name] = np.concatenate(columns) if columns else np.zeros(0, np.int64)
    return Columns(sum(part.many for part in parts), values, words)


def _one_list(
    columns: Sequence[Ints], lists: Sequence[Sequence[str]]
) -> tuple[list[Ints], list[str]]:
    places: dict[str, int] = {}
    told = []
    for column, words in zip(columns, lists, strict=True):
        new = np.array([places.setdefault(each, len(places)) for each in words], np.int64)
        same = np.array_equal(new, np.arange(len(words)))
        told.append(column if same or not len(column) else new[column])
    return told, list(places)
