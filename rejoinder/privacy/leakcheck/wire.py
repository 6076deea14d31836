"""Requests of HTTP/1 from the bytes of one direction, leniently: a capture is evidence."""

import re
from collections.abc import Iterator

from rejoinder.privacy.leakcheck.shapes import Request

_LINE = re.compile(rb"(?:^|(?<=\n))([A-Za-z]{3,20}) ([^ \r\n]+) HTTP/1\.[0-9]\r?\n")
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[^\n]{0,200}\n")
_LONGEST_HEAD = 1 << 18  # bytes
_LONGEST_CHUNK = 1 << 24  # bytes; who says more has no chunk there
_KEPT = 1 << 20  # bytes of a body
_TLS = (b"\x16\x03", b"\x17\x03", b"\x14\x03")
_HTTP2 = b"PRI * HTTP/2.0"
_LINGER = 1 << 13  # bytes in which a request line may still be arriving

ENCRYPTED = "encrypted connections (TLS)"
NEWER = "connections of HTTP/2"


class Wire:
    """Feed it bytes in order; `unread` says why a connection has no requests, if it is known."""

    def __init__(self, to: str) -> None:
        """`to` is the host that is named when a request names none."""
        self._to = to
        self._held = bytearray()
        self._asked: Request | None = None  # whose body is coming
        self._body = bytearray()
        self._left: int | None = 0  # bytes of it; None where it comes in chunks
        self._deaf = False
        self._began = False
        self.unread = ""

    def feed(self, data: bytes) -> Iterator[Request]:
        """The requests that are whole now."""
        if self._deaf:
            return
        self._held += data
        if not self._began and len(self._held) >= len(_HTTP2):
            self._began = True
            self._recognise()
        yield from self._read()

    def lost(self) -> Iterator[Request]:
        """Bytes are missing: end what was coming, look for the next request line."""
        yield from self.end()

    def end(self) -> Iterator[Request]:
        """What came of a last request that was cut."""
        if self._asked:
            yield self._whole()
        elif not self._deaf and (line := _LINE.search(self._held)):
            yield _request(bytes(self._held[line.start() :]), self._to)
        self._held.clear()

    def _recognise(self) -> None:
        held = bytes(self._held[: len(_HTTP2)])
        if held.startswith(_TLS):
            self.unread = ENCRYPTED
        elif held == _HTTP2:
            self.unread = NEWER
        self._deaf = bool(self.unread) or held.startswith(b"HTTP/1.")  # what a server says

    def _read(self) -> Iterator[Request]:
        while not self._deaf:
            if self._asked:
                if not self._take_body():
                    return
                yield self._whole()
            elif not self._take_head():
                return

    def _take_head(self) -> bool:
        line = _LINE.search(self._held)
        if line is None:
            del self._held[:-_LINGER]
            return False
        end = _END.search(self._held, line.start())
        if end is None:
            if len(self._held) - line.start() > _LONGEST_HEAD:
                del self._held[: line.end()]
            return False
        self._asked = _request(bytes(self._held[line.start() : end.start()]), self._to)
        del self._held[: end.end()]
        self._left = _length(self._asked)
        return True

    def _take_body(self) -> bool:
        """Whether it is whole."""
        if self._left is None:
            return self._take_chunks()
        self._keep(self._left)
        return self._left == 0

    def _take_chunks(self) -> bool:
        while size := _CHUNK.match(self._held):
            many = int(size[1], 16)
            if many > _LONGEST_CHUNK:
                return True
            if len(self._held) < size.end() + many:
                return False
            del self._held[: size.end()]
            if many == 0:
                return True
            self._left = many
            self._keep(many)
            self._left = None
        return False

    def _keep(self, many: int) -> None:
        taken = self._held[:many]
        self._body += taken[: max(0, _KEPT - len(self._body))]
        del self._held[:many]
        self._left = many - len(taken)

    def _whole(self) -> Request:
        asked = self._asked or Request(self._to, "/")
        whole = Request(asked.host, asked.target, asked.headers, bytes(self._body))
        self._asked, self._left = None, 0
        self._body.clear()
        return whole


def _request(head: bytes, to: str) -> Request:
    first, *lines = re.split(rb"\r?\n", head)
    headers: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in {b" ", b"\t"} and headers:  # folded (RFC 9112, 5.2)
            name, value = headers.pop()
            headers.append((name, f"{value} {line.strip().decode('latin-1')}"))
        elif b":" in line:
            name, _, value = line.decode("latin-1").partition(":")
            headers.append((name.strip(), value.strip()))
    host = next((value for name, value in headers if name.lower() == "host"), "") or to
    return Request(host, first.split(b" ")[1].decode("latin-1"), headers)


def _length(asked: Request) -> int | None:
    """Bytes of the body; None when it comes in chunks (RFC 9112, 6.3)."""
    found = {name.lower(): value for name, value in asked.headers}
    if "chunked" in found.get("transfer-encoding", "").lower():
        return None
    size = found.get("content-length", "0")
    return int(size) if size.isdecimal() and len(size) < 16 else 0
