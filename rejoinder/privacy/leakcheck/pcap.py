"""Requests from a capture: its segments, put together by connection, read as HTTP/1."""

import ipaddress
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rejoinder.privacy.leakcheck.capture import Segment, Unread, segments
from rejoinder.privacy.leakcheck.shapes import Request
from rejoinder.privacy.leakcheck.stream import Lost, Stream
from rejoinder.privacy.leakcheck.wire import Wire

_REMEMBERED = 1 << 14  # connections that ended
Flow = tuple[bytes, int, bytes, int]


class Capture:
    """Reads a capture; afterwards `unread` counts what could not be, by the reason."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._open: dict[Flow, tuple[Stream, Wire]] = {}
        self._closed: dict[Flow, None] = {}  # of late, in their order
        self.unread: Counter[str] = Counter()

    def requests(self) -> Iterator[Request]:
        """Each as soon as it is whole. Raises NotCaptureError."""
        for found in segments(self._file):
            if isinstance(found, Unread):
                self.unread[found.why] += 1
            else:
                yield from self._follow(found)
        for flow in list(self._open):
            yield from self._close(flow)

    def _follow(self, segment: Segment) -> Iterator[Request]:
        if segment.opens:
            yield from self._begin(segment)
        elif segment.flow in self._closed:  # sent again, after its end
            return
        stream, wire = self._connection(segment.flow)
        first = segment.seq + segment.opens  # data may come with it (RFC 7413)
        yield from _read(wire, stream.add(first % (1 << 32), segment.data))
        if segment.closes and not stream.waits:
            yield from self._close(segment.flow)
            self._closed[segment.flow] = None
            if len(self._closed) > _REMEMBERED:
                self._closed.pop(next(iter(self._closed)))

    def _begin(self, segment: Segment) -> Iterator[Request]:
        self._closed.pop(segment.flow, None)
        stream, _ = self._connection(segment.flow)
        if not stream.opens(segment.seq):  # the port is used again
            yield from self._close(segment.flow)
            self._connection(segment.flow)[0].opens(segment.seq)

    def _connection(self, flow: Flow) -> tuple[Stream, Wire]:
        if flow not in self._open:
            self._open[flow] = Stream(), Wire(_address(flow[2], flow[3]))
        return self._open[flow]

    def _close(self, flow: Flow) -> Iterator[Request]:
        if flow not in self._open:
            return
        stream, wire = self._open.pop(flow)
        yield from _read(wire, stream.end())
        yield from wire.end()
        if wire.unread:
            self.unread[wire.unread] += 1


def _read(wire: Wire, parts: Iterable[bytes | Lost]) -> Iterator[Request]:
    for part in parts:
        yield from wire.lost() if isinstance(part, Lost) else wire.feed(part)


def _address(host: bytes, port: int) -> str:
    found = str(ipaddress.ip_address(host))
    named = f"[{found}]" if ":" in found else found
    return named if port == 80 else f"{named}:{port}"
