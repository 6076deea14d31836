"""What has to hold before a desk can stand here: a folder to write to, a port that is free."""

import errno
import shutil
import socket
import tempfile

from rejoinder.plumbing.config import config

LEAST_ROOM = 200  # MB; below this a busy day may fill the disk


class BadGroundError(Exception):
    """The desk cannot stand here. The message says why and what to do."""


def check() -> None:
    """Raises BadGroundError with the first thing in the way."""
    _folder_can_be_written()
    _room_is_left()
    _port_is_free()


def _folder_can_be_written() -> None:
    data = config().data
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as error:
        raise BadGroundError(
            f"{data} cannot be written: {error.strerror}. "
            "Set REJOINDER_DATA to a folder that this account may write to."
        ) from None


def _room_is_left() -> None:
    free = shutil.disk_usage(config().data).free // 1_000_000
    if free < LEAST_ROOM:
        raise BadGroundError(
            f"Only {free} MB are free where {config().data} lies. Make room, {LEAST_ROOM} MB at "
            "least, or set REJOINDER_DATA to a folder on another disk."
        )


def _port_is_free() -> None:
    family = socket.AF_INET6 if ":" in config().host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config().host, config().port))
        except OSError as error:
            why = "something else listens there" if error.errno == errno.EADDRINUSE else str(error)
            raise BadGroundError(
                f"{config().bind} cannot be used: {why}. "
                "End the other program, or set REJOINDER_BIND to another port."
            ) from None
