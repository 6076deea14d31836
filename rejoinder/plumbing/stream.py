"""An answer that goes on: its bytes as they come, and no more of them than somebody takes."""

import queue
import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import httpx

from rejoinder.plumbing.answer import NoAnswerError

# With the buffers of the kernel all that waits; then the far end waits, and nothing is dropped.
WAITING = 64  # chunks, of 64 KB at most
_LOOK = 0.5  # seconds between two looks whether it was closed


class Stream:
    """Read by a thread of its own, which stops reading while nobody takes what it has."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.header = dict(response.headers.items())
        self._response = response
        self._closed = Event()
        self._chunks: queue.Queue[bytes | None] = queue.Queue(WAITING)
        self._over = False
        Thread(target=self._read, name="stream", daemon=True).start()

    def take(self, within: float) -> bytes:
        """What came, empty when nothing does in so long. Raises NoAnswerError at its end."""
        if self._over:
            raise NoAnswerError("The stream has ended.", may_have_arrived=True)
        try:
            found = self._chunks.get(timeout=within) if within > 0 else self._chunks.get_nowait()
        except queue.Empty:
            return b""
        if found is None:
            self._over = True
            raise NoAnswerError("The stream has ended.", may_have_arrived=True)
        return found

    def close(self) -> None:
        """Let go of the connection, also while its thread waits for more."""
        self._closed.set()
        with suppress(OSError, KeyError):
            connection = self._response.extensions["network_stream"].get_extra_info("socket")
            connection.shutdown(socket.SHUT_RDWR)

    def _read(self) -> None:
        with suppress(Exception):  # however it broke, it is over
            for chunk in self._pieces():
                if not self._put(chunk):
                    break
        self._response.close()
        self._put(None)

    def _pieces(self) -> Iterator[bytes]:
        return self._response.iter_raw()

    def _put(self, chunk: bytes | None) -> bool:
        """False when nobody wants more."""
        while not self._closed.is_set():
            try:
                self._chunks.put(chunk, timeout=_LOOK)
            except queue.Full:
                continue
            return True
        return False
