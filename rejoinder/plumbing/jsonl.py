"""JSON lines in, JSON lines out: one answer for each line, in order, none later than it must be."""

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

import msgspec
from msgspec import Raw, Struct

Asked = TypeVar("Asked")

NULL = Raw(b"null")
CHUNK = 1 << 16


class BadLineError(ValueError):
    """A line that cannot be answered; the message says why."""


class Refusal(Struct):
    """What stands in the place of an answer: which line, its id if it had one, and why."""

    line: int
    id: Raw
    error: str


def answer(
    source: BinaryIO, sink: BinaryIO, shape: type[Asked], one: Callable[[Asked], Struct]
) -> int:
    """Answer every line; the exit code: 1 when any was bad.

    Lines that are readable together are answered together; an answer never waits for more.
    """
    bad, number = 0, 0
    for lines in batches(source):
        answers = []
        for line in lines:
            number += 1
            try:
                answers.append(msgspec.json.encode(one(_read(line, shape))))
            except (BadLineError, msgspec.DecodeError, UnicodeDecodeError) as error:
                bad += 1
                refusal = Refusal(number, _id(line), _sentence(error))
                answers.append(msgspec.json.encode(refusal))
        sink.write(b"\n".join([*answers, b""]))
        sink.flush()
    return 1 if bad else 0


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
    except (msgspec.DecodeError, UnicodeDecodeError):
        return NULL


def _sentence(error: Exception) -> str:
    words = str(error)
    if isinstance(error, UnicodeDecodeError):
        words = "The line is not UTF-8"
    elif isinstance(error, msgspec.DecodeError) and not isinstance(error, msgspec.ValidationError):
        words = f"The line is not JSON: {words}"
    return words if words.endswith(".") else f"{words}."
