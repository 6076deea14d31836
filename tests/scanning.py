"""A virus scanner for tests: it speaks as clamd does, and finds what a test tells it to."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from rejoinder.plumbing import config

HERE = "127.0.0.1"
Says = Callable[[bytes], bytes]


def clean(_: bytes) -> bytes:
    return b"stream: OK\0"


def infected(_: bytes) -> bytes:
    return b"stream: Win.Test.EICAR_HDB-1 FOUND\0"


@contextmanager
def scanner(says: Says = clean) -> Iterator[tuple[str, list[bytes]]]:
    """Where it answers, and each file that it was shown."""
    shown: list[bytes] = []
    with socket.create_server((HERE, 0)) as server:

        def serve() -> None:
            with suppress(OSError):  # the test closed it
                while True:
                    line, _ = server.accept()
                    with line:
                        shown.append(_file(line))
                        line.sendall(says(shown[-1]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp://{HERE}:{server.getsockname()[1]}", shown
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=10)


@contextmanager
def at(address: str) -> Iterator[None]:
    """This desk asks the scanner at this address."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REJOINDER_SCANNER", address)
        config.config.cache_clear()
        yield
    config.config.cache_clear()


def _file(line: socket.socket) -> bytes:
    """What it is shown; nothing where it is asked for something else."""
    read = line.makefile("rb")
    command = b""
    while not command.endswith(b"\0"):
        command += read.read(1)
    whole = b""
    while command == b"zINSTREAM\0" and (size := struct.unpack("!I", read.read(4))[0]):
        whole += read.read(size)
    return whole
