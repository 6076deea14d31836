"""What all tests share: no socket but loopback, a clock held still, no folder of a real desk."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest

from rejoinder.plumbing import clock

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

LOOPBACK = ("127.", "::1", "localhost")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class LeftLoopbackError(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets of tests connect to this machine or to nothing."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inside = self.family == socket.AF_UNIX or str(address[0]).startswith(LOOPBACK)
        if not inside:
            raise LeftLoopbackError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def monday() -> Iterator[datetime]:
    """Nine o'clock on a Monday, and the clock stands there."""
    with clock.standing(MONDAY):
        yield MONDAY
