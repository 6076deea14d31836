"""Reads the records of an export, one after the other, in bounded memory."""

import codecs
import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, TextIO, cast

LONGEST = 32 * 1024 * 1024  # characters of one record; a longer one is refused
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_LINES = {".txt": "text", ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class Record(NamedTuple):
    """One record, or why it is none. `line` is where it starts (in a JSON list, which one)."""

    line: int
    values: dict[str, Any]
    error: str = ""


class Readable(Protocol):
    """Characters, a piece at a time."""

    def read(self, size: int, /) -> str: ...


class BadFileError(ValueError):
    """This file cannot be read at all; the message says why."""


class Export:
    """One file: JSONL, JSON (a list of objects), CSV, TSV, or text by line; also gzipped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.foreign = 0  # bytes that were no UTF-8, read as Windows-1252
        self.has_head = False  # whether the first line names the columns of all others
        self._file = _opened(path)
        self.size = path.stat().st_size

    def fingerprint(self) -> str:
        """SHA-256 of the file, in hex."""
        with _opened(self.path) as file:
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            return digest.hexdigest()

    def position(self) -> int:
        """Bytes of the file read so far."""
        return self.size if self._file.closed else self._file.tell()

    def records(self) -> Iterator[Record]:
        """Every record in order, the bad ones with their error. Raises BadFileError."""
        with self._file, self._text() as text:
            try:
                kind = self._kind(text)
                self.has_head = kind in {"csv", "tsv"}
                yield from _READERS[kind](text)
            except (EOFError, gzip.BadGzipFile) as error:
                raise BadFileError(f"{self.path} is cut off or damaged: {error}") from None

    def _text(self) -> io.TextIOWrapper:
        zipped = self._file.read(2) == _GZIP
        self._file.seek(0)
        # gzip reads ahead in small pieces, so the position of the file stays true.
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=self._file)) if zipped else self._file
        codecs.register_error("rejoinder-foreign", self._as_windows)
        return io.TextIOWrapper(stream, "utf-8-sig", errors="rejoinder-foreign", newline="")

    def _as_windows(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        bad = error.object[error.start : error.end]
        self.foreign += len(bad)
        return "".join(_windows(byte) for byte in bad), error.end

    def _kind(self, text: io.TextIOWrapper) -> str:
        """By the name of the file; without a telling one, by its first character."""
        named = [suffix for suffix in self.path.suffixes if suffix != ".gz"]
        if named and named[-1].lower() in _LINES:
            return _LINES[named[-1].lower()]
        first = text.read(1)
        while first.isspace():
            first = text.read(1)
        text.seek(0)
        return {"{": "jsonl", "[": "json"}.get(first, "csv")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise BadFileError(f"{path} cannot be opened: {error.strerror}") from None


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def from_jsonl(text: TextIO) -> Iterator[Record]:
    for number, line in _lines(text):
        if line is None:
            yield Record(number, {}, f"it is longer than {LONGEST:,} characters")
        elif line.strip():
            yield _object(number, line)


def _object(number: int, line: str) -> Record:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Record(number, {}, f"it is no JSON: {error}")
    return _checked(number, values)


def _checked(number: int, values: object) -> Record:
    if isinstance(values, dict):
        return Record(number, values)
    return Record(number, {}, "it is no JSON object")


def _from_text(text: TextIO) -> Iterator[Record]:
    for number, line in _lines(text):
        if line is None:
            yield Record(number, {}, f"it is longer than {LONGEST:,} characters")
        elif line.strip():
            yield Record(number, {"text": line.rstrip("\r\n")})


def _lines(text: TextIO) -> Iterator[tuple[int, str | None]]:
    """Lines with their numbers; None for one that is too long, of which the rest is passed over."""
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        if len(line) < LONGEST:
            yield number, line
            continue
        while line and not line.endswith("\n"):
            line = text.readline(LONGEST)
        yield number, None


def from_json(text: Readable) -> Iterator[Record]:
    """The objects of one list, each parsed when it is all there."""
    decoder = json.JSONDecoder()
    waiting = text.read(_CHUNK).lstrip().removeprefix("[")
    number = 0
    while True:
        waiting = waiting.lstrip(" \t\r\n,")
        if waiting.startswith("]"):
            return
        try:
            values, end = decoder.raw_decode(waiting)
        except (ValueError, RecursionError) as error:
            more = text.read(_CHUNK)
            if not more or len(waiting) > LONGEST:
                yield Record(number + 1, {}, f"from here on it is no JSON: {error}")
                return
            waiting += more
            continue
        number += 1
        waiting = waiting[end:]
        yield _checked(number, values)


def _from_csv(text: TextIO) -> Iterator[Record]:
    return _rows(text, ",")


def _from_tsv(text: TextIO) -> Iterator[Record]:
    return _rows(text, "\t")


def _rows(text: TextIO, delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(LONGEST)
    rows = csv.reader(text, delimiter=delimiter)
    head = next(rows, [])
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Record(line, {}, f"it is no CSV: {error}")
            continue
        if row is None:
            return
        if len(row) > len(head):
            yield Record(line, {}, f"it has {len(row)} columns, the first line {len(head)}")
        elif row:
            yield Record(line, dict(zip(head, row, strict=False)))


_READERS: dict[str, Callable[[TextIO], Iterator[Record]]] = {
    "jsonl": from_jsonl,
    "json": from_json,
    "csv": _from_csv,
    "tsv": _from_tsv,
    "text": _from_text,
}
