"""Starts a ClamAV daemon on loopback with one signature of our own, in a folder that goes after."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port
from tests.real.network import NotReadyError, process

NAME = "Rejoinder.Test.Made-Up"
LARGEST = 2  # MB that it takes
CONFIGURATION = """\
Foreground yes
DatabaseDirectory {room}/signatures
LocalSocket {room}/clamd.ctl
TCPAddr 127.0.0.1
TCPSocket {port}
StreamMaxLength {largest}M
MaxThreads 2
"""


@dataclass(frozen=True)
class Running:
    """Where it answers, by either way."""

    socket: str
    port: str


@contextmanager
def clamd(known: bytes) -> Iterator[Running]:
    """One that knows this file alone, by its size and hash."""
    program = shutil.which("clamd")
    if program is None:
        raise NotReadyError("clamd is missing: run `make setup-real`.")
    with tempfile.TemporaryDirectory(prefix="rejoinder-clamav-") as folder:
        room = Path(folder)
        (room / "signatures").mkdir()
        digest = hashlib.sha256(known).hexdigest()
        (room / "signatures" / "ours.hsb").write_text(f"{digest}:{len(known)}:{NAME}:73\n")
        port = free_port()
        file = room / "clamd.conf"
        file.write_text(CONFIGURATION.format(room=room, port=port, largest=LARGEST))
        command = [program, "--config-file", file]
        with process(command, room, room, {}, until="Self checking every"):
            yield Running(f"unix://{room}/clamd.ctl", f"tcp://127.0.0.1:{port}")
