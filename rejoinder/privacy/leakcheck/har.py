"""Requests from a HAR file, one entry at a time; a broken entry does not hide the others."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from rejoinder.privacy.leakcheck.shapes import Request

CHUNK = 1 << 18
_OUTSIDE = re.compile(rb'["{}\[\],]')
_TEXT = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)  # up to the end of a string
_KEY = re.compile(rb'"entries"\s*:\s*$')
_DEEPEST = 2  # brackets around the list of entries: the file's, and that of `log`
_BEFORE = 64  # bytes before a bracket in which its key stands


class Readable(Protocol):
    """What gives so many bytes at a time, and none at its end."""

    def read(self, many: int, /) -> bytes: ...


class NotHarError(ValueError):
    """The file holds no list of entries."""


class Entry(NamedTuple):
    """The entry of this number, from 1; `wrong` says what of it could not be read."""

    number: int
    request: Request | None
    wrong: str = ""


def entries(file: Readable) -> Iterator[Entry]:
    """All entries, in order. Holds one at a time. Raises NotHarError."""
    found = False
    for number, text in _Splitter().split(file):
        found = True
        if number:
            yield _entry(number, text)
    if not found:
        raise NotHarError("There is no list of entries in it.")


class _Splitter:
    """Cuts the list into its members by its brackets alone; bad JSON in one stays there.

    Gives (0, b"") when the list begins.
    """

    def __init__(self) -> None:
        self._held = bytearray()  # since the member began
        self._at = 0
        self._depth = 0
        self._list = 0  # at which depth the list stands
        self._number = 0
        self._within = False  # a string

    def split(self, file: Readable) -> Iterator[tuple[int, bytes]]:
        while chunk := file.read(CHUNK):
            self._held += chunk
            yield from self._read()
        if self._list and self._held.strip():
            yield self._number + 1, bytes(self._held)

    def _read(self) -> Iterator[tuple[int, bytes]]:
        while self._out_of_text() and (found := _OUTSIDE.search(self._held, self._at)):
            self._at = found.end()
            if found[0] == b'"':
                self._within = True
            else:
                yield from self._sign(found[0], found.start())
        if not self._within:
            self._at = len(self._held)
            if not self._list:
                self._forget(max(0, self._at - _BEFORE))

    def _out_of_text(self) -> bool:
        """Whether we are in no string, after reading to the end of one if it is there."""
        if self._within and (found := _TEXT.match(self._held, self._at)):
            self._at = found.end()
            self._within = self._held[self._at : self._at + 1] != b'"'
            self._at += not self._within
        return not self._within

    def _sign(self, sign: bytes, at: int) -> Iterator[tuple[int, bytes]]:
        if sign in b"{[":
            self._depth += 1
            if not self._list and sign == b"[" and self._depth <= _DEEPEST + 1:
                before = bytes(self._held[max(0, at - _BEFORE) : at])
                if _KEY.search(before):
                    self._list = self._depth
                    self._forget(at + 1)
                    yield 0, b""
        elif sign in b"}]":
            self._depth -= 1
            if self._list and self._depth < self._list:
                yield from self._member(at)
                self._list, self._depth = 0, -(1 << 60)  # what follows is no list of ours
        elif self._list and self._depth == self._list:
            yield from self._member(at)

    def _member(self, end: int) -> Iterator[tuple[int, bytes]]:
        text = bytes(self._held[:end]).strip()
        self._forget(end + 1)
        if text:
            self._number += 1
            yield self._number, text

    def _forget(self, many: int) -> None:
        del self._held[:many]
        self._at = max(0, self._at - many)


def _entry(number: int, text: bytes) -> Entry:
    try:
        request = json.loads(text.decode("utf-8", "replace"))["request"]
        url = request["url"]
        host = urlsplit(url).netloc
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Entry(number, None, _reason(error))
    if not host:
        return Entry(number, None, "its address names no host")
    headers, wrong = _pairs(request.get("headers"))
    if not any(name.lower() == "cookie" for name, _ in headers):
        cookies, _ = _pairs(request.get("cookies"))
        headers += [("Cookie", f"{name}={value}") for name, value in cookies]
    kind, body = _body(request.get("postData"))
    if kind:
        headers.append(("Content-Type", kind))
    said = f"{wrong} of its headers have no name or no value" if wrong else ""
    return Entry(number, Request(host, url, headers, body), said)


def _pairs(given: Any) -> tuple[list[tuple[str, str]], int]:
    """Names and values of a list of objects, and how many of them are none."""
    members = given if isinstance(given, list) else []
    pairs = [
        (one["name"], one["value"])
        for one in members
        if isinstance(one, dict)
        and isinstance(one.get("name"), str)
        and isinstance(one.get("value"), str)
    ]
    return pairs, len(members) - len(pairs) + (given is not None and not isinstance(given, list))


def _body(given: Any) -> tuple[str, bytes]:
    """Content type and text of what was sent; a form may be there in parts alone."""
    if not isinstance(given, dict):
        return "", b""
    kind, text = given.get("mimeType"), given.get("text")
    if not isinstance(text, str):
        params, _ = _pairs(given.get("params"))
        text, kind = "\n".join(f'"{name}": "{value}"' for name, value in params), "text/plain"
    return kind if isinstance(kind, str) else "", text.encode("utf-8", "replace")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON: {error.msg}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "its address cannot be read" if isinstance(error, ValueError) else "it has no request"
