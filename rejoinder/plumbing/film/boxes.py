"""The boxes of an MP4 (ISO/IEC 14496-12), read without belief in what they say. Pure."""

import struct
from typing import Any, NamedTuple

_BOXES = 1000  # in one other; real films have a dozen
_WHOLE = 1 << 31  # above this no number of a film that we take is meant


class NoFilmError(Exception):
    """It is no film that can leave. The message says why, in English."""


class Box(NamedTuple):
    """Its kind, four letters, and what is in it."""

    kind: bytes
    body: memoryview


def broken() -> NoFilmError:
    """What it says of itself does not hold."""
    return NoFilmError("broken")


def boxes(data: memoryview) -> list[Box]:
    """The boxes that fill this, in order. Raises NoFilmError when they do not fit."""
    found: list[Box] = []
    at = 0
    while at < len(data):
        size, kind = read(">I4s", data, at)
        start = at + 8
        if size == 1:
            (size,) = read(">Q", data, start)
            start += 8
        elif size == 0:  # to the end
            size = len(data) - at
        if size < start - at or at + size > len(data) or len(found) == _BOXES:
            raise broken()
        found.append(Box(kind, data[start : at + size]))
        at += size
    return found


def one(found: list[Box], kind: bytes) -> memoryview:
    """What is in the only box of a kind. Raises NoFilmError when there is none, or are several."""
    bodies = [each.body for each in found if each.kind == kind]
    if len(bodies) != 1:
        raise broken()
    return bodies[0]


def inside(found: list[Box], *kinds: bytes) -> list[Box]:
    """The boxes in the only box of a kind, and so on down."""
    for kind in kinds:
        found = boxes(one(found, kind))
    return found


def read(form: str, data: memoryview, at: int = 0) -> tuple[Any, ...]:
    """Numbers that stand there. Raises NoFilmError where the data ends before."""
    try:
        return struct.unpack_from(form, data, at)
    except struct.error:
        raise broken() from None


def rows(form: str, body: memoryview, at: int, most: int) -> list[tuple[int, ...]]:
    """A table: how many rows, then the rows, no more than `most` and all of them there."""
    (count,) = read(">I", body, at)
    each = struct.calcsize(form)
    if count > most or at + 4 + count * each > len(body):
        raise broken()
    return list(struct.iter_unpack(form, body[at + 4 : at + 4 + count * each]))


def only(number: int) -> int:
    """A number that a film can have. Raises NoFilmError for one that is made up to overflow."""
    if not 0 <= number < _WHOLE:
        raise broken()
    return number


def box(kind: bytes, *parts: bytes | memoryview) -> bytes:
    """A box of our own."""
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """The same with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)
