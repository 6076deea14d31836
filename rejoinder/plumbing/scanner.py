"""The organisation's virus scanner, asked about files that strangers and colleagues bring.

It is a ClamAV daemon (`clamd`) or whatever speaks as one does; `REJOINDER_SCANNER` says where.
A file that it could not look at counts as one that it stopped. Without one, nothing is asked.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd and clamd(8), INSTREAM
"""

import re
import socket
import struct
from contextlib import suppress
from urllib.parse import urlsplit

from rejoinder.plumbing.config import config

PORT = 3310  # clamd's own
PATIENCE = 20.0  # seconds for each step; 100 MB took a ClamAV 1.4 4.5 s, the machine being busy
PIECE = 1 << 20  # bytes sent at once
LONGEST = 1000  # bytes of its answer
_FOUND = re.compile(r"stream: (?P<name>.+) FOUND")


class InfectedError(Exception):
    """It must not be opened. The message is the scanner's name for what it found."""


class NotScannedError(Exception):
    """The scanner did not say. The message says why, in English."""


def is_set_up() -> bool:
    """Whether files are scanned here."""
    return bool(config().scanner)


def scan(data: bytes) -> None:
    """Returns when nothing was found, or nobody is there to ask.

    Raises InfectedError and NotScannedError.
    """
    if not is_set_up():
        return
    said = _asked(b"zINSTREAM\0", data)
    if said == "stream: OK":
        return
    if found := _FOUND.fullmatch(said):
        raise InfectedError(found["name"])
    raise NotScannedError(said or "it closed the connection")


def version() -> str:
    """Its own words for what it is and how old its signatures are. Raises NotScannedError."""
    return _asked(b"zVERSION\0")


def _asked(command: bytes, data: bytes | None = None) -> str:
    try:
        with _connected() as line:
            line.sendall(command)
            if data is not None:
                _send(line, data)
            return _answer(line)
    except OSError as error:
        raise NotScannedError(error.strerror or str(error)) from None


def _connected() -> socket.socket:
    where = urlsplit(config().scanner)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname or "", where.port or PORT), PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(PATIENCE)
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, data: bytes) -> None:
    """In pieces with their lengths, and a length of nothing at the end."""
    whole = memoryview(data)
    with suppress(BrokenPipeError, ConnectionResetError):  # it takes no more, and says why
        for start in range(0, len(whole), PIECE):
            piece = whole[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)))
            line.sendall(piece)
        line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    said = b""
    while len(said) < LONGEST and not said.endswith(b"\0"):
        more = line.recv(LONGEST)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
