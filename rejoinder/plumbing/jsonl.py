"""JSON lines in, JSON lines out: one answer for each line, in order, none later than it must be."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

import msgspec
from msgspec import Raw, Struct

Asked = TypeVar("Asked")

NULL = Raw(b"null")
CHUNK = 1 << 16
SIZE = 1024  # lines in one batch


class BadLineError(ValueError):
    """A line that cannot be answered; the message says why."""


_UNFIT = (BadLineError, msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Refusal(Struct):
    """What stands in the place of an answer: which line, its id if it had one, and why."""

    line: int
    id: Raw
    error: str


def answer(
    source: BinaryIO, sink: BinaryIO, shape: type[Asked], one: Callable[[Asked], Struct]
) -> int:
    """Answer every line by itself; the exit code: 1 when any was bad."""

    def many(asked: Sequence[Asked]) -> list[Struct | BadLineError]:
        return [_alone(one, line) for line in asked]

    return answer_all(source, sink, shape, many)


def answer_all(
    source: BinaryIO,
    sink: BinaryIO,
    shape: type[Asked],
    many: Callable[[list[Asked]], Sequence[Struct | BadLineError | None]],
) -> int:
    """Answer every line, those that are readable together at once; 1 when any was bad.

    `many` gets 1 to SIZE lines that are well formed and gives as many answers, in their order: a
    BadLineError for a line that has none, None for one that wants none. An answer never waits for
    a line that is not there yet.
    """
    bad, number = 0, 0
    for lines in batches(source):
        for at in range(0, len(lines), SIZE):
            some = lines[at : at + SIZE]
            answers = _answers(some, shape, many)
            for line, said in zip(some, answers, strict=True):
                number += 1
                if isinstance(said, Exception):
                    bad += 1
                    sink.write(_line(Refusal(number, _id(line), _sentence(said))))
                elif said is not None:
                    sink.write(_line(said))
            sink.flush()
    return 1 if bad else 0


def _alone(one: Callable[[Asked], Struct], line: Asked) -> Struct | BadLineError:
    try:
        return one(line)
    except BadLineError as error:
        return error


def batches(source: BinaryIO) -> Iterator[list[bytes]]:
    """The lines of a stream, as many together as were there; a last one may lack its end."""
    rest: list[bytes] = []
    descriptor = source.fileno()
    while chunk := os.read(descriptor, CHUNK):
        head, *lines = chunk.split(b"\n")
        rest.append(head)
        if lines:
            yield [b"".join(rest), *lines[:-1]]
            rest = [lines[-1]]
    if last := b"".join(rest):
        yield [last]


def _line(said: Struct) -> bytes:
    return msgspec.json.encode(said) + b"\n"


def _answers(
    lines: Sequence[bytes],
    shape: type[Asked],
    many: Callable[[list[Asked]], Sequence[Struct | BadLineError | None]],
) -> list[Struct | Exception | None]:
    """An answer or a reason for each line, in order."""
    good: list[Asked] = []
    said: list[Struct | Exception | None] = [None] * len(lines)
    places = []
    for place, line in enumerate(lines):
        try:
            good.append(_read(line, shape))
            places.append(place)
        except _UNFIT as error:
            said[place] = error
    for place, one in zip(places, many(good) if good else (), strict=True):
        said[place] = one
    return said


def _read(line: bytes, shape: type[Asked]) -> Asked:
    if not line.strip():
        raise BadLineError("The line is empty.")
    line.decode()  # an id is passed on unread, and must not carry broken bytes out
    return msgspec.json.decode(line, type=shape)


def _id(line: bytes) -> Raw:
    """The id of a bad line, as it was written."""
    try:
        found = msgspec.json.decode(line, type=dict[str, Raw]).get("id", NULL)
        bytes(found).decode()
        return found
    except _UNFIT:
        return NULL


def _sentence(error: Exception) -> str:
    words = str(error)
    if isinstance(error, UnicodeDecodeError):
        words = "The line is not UTF-8"
    elif isinstance(error, RecursionError):
        words = "The line is nested too deeply"
    elif isinstance(error, msgspec.DecodeError) and not isinstance(error, msgspec.ValidationError):
        words = f"The line is not JSON: {words}"
    return words if words.endswith(".") else f"{words}."
