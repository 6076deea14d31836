"""One direction of a TCP connection, put together from segments in any order (RFC 9293, 3.4)."""

from collections.abc import Iterator
from typing import Final

_WRAP = 1 << 32
_HALF = 1 << 31
PATIENT = 1 << 18  # bytes that wait for a missing one before it is taken for lost
UNSURE = 32  # segments after which the first of a connection that was open before is taken as such


class Lost:
    """Bytes are missing here."""


LOST: Final = Lost()


class Stream:
    """Gives each byte once, in order; says where some are missing."""

    def __init__(self) -> None:
        self._began: int | None = None
        self._next: int | None = None
        self._waiting: dict[int, bytes] = {}
        self._size = 0

    @property
    def waits(self) -> bool:
        """Whether bytes have come that cannot be read yet."""
        return bool(self._waiting)

    def opens(self, seq: int) -> bool:
        """A connection begins here; False when another one did, and this is none of it."""
        first = (seq + 1) % _WRAP
        if self._began is None and self._next is None:
            self._began = self._next = first
        return self._began == first

    def add(self, seq: int, data: bytes) -> Iterator[bytes | Lost]:
        """What can be read now that this has come, in whatever order, and sent again or not."""
        if not data:
            return
        known = self._waiting.get(seq, b"")
        if len(data) > len(known):
            self._waiting[seq] = data
            self._size += len(data) - len(known)
        if self._next is None and len(self._waiting) >= UNSURE:
            self._next = self._first()
        yield from self._ready()
        if self._size > PATIENT:
            yield from self._skip()

    def end(self) -> Iterator[bytes | Lost]:
        """What is left, with what is missing left out."""
        if self._next is None and self._waiting:
            self._next = self._first()
        yield from self._ready()
        while self._waiting:
            yield from self._skip()

    def _ready(self) -> Iterator[bytes]:
        while self._next is not None and self._waiting:
            seq = min(self._waiting, key=self._ahead)
            ahead = self._ahead(seq)
            if ahead > 0:
                return
            data = self._waiting.pop(seq)
            self._size -= len(data)
            if new := data[-ahead:] if ahead else data:
                self._next = (self._next + len(new)) % _WRAP
                yield new

    def _skip(self) -> Iterator[bytes | Lost]:
        self._next = min(self._waiting, key=self._ahead)
        yield LOST
        yield from self._ready()

    def _ahead(self, seq: int) -> int:
        """How far ahead of the next byte it is, negative if behind; numbers go round at 2³²."""
        return (seq - (self._next or 0) + _HALF) % _WRAP - _HALF

    def _first(self) -> int:
        """The earliest of those that wait, seen from any of them."""
        one = next(iter(self._waiting))
        return min(self._waiting, key=lambda seq: (seq - one + _HALF) % _WRAP)
