"""A real mailbox and a mail server for the tests of this folder, started once."""

from collections.abc import Iterator

import pytest

from rejoinder.channels.email import channel
from rejoinder.channels.email import email as module
from tests.real.email.server import HOST, Servers, servers


@pytest.fixture(scope="session")
def running() -> Iterator[Servers]:
    with servers() as found:
        yield found


@pytest.fixture(autouse=True)
def on_loopback(monkeypatch: pytest.MonkeyPatch, running: Servers) -> Iterator[None]:
    """The settings allow this host; a listening waits for a moment only; nothing stays open."""
    monkeypatch.setattr(module, "_private", lambda: frozenset({HOST}))
    monkeypatch.setattr(channel, "patience", 0.2)
    running.keeper.sent.clear()
    running.keeper.says.clear()
    yield
    for mailbox in module._open.values():
        mailbox.close()
    module._open.clear()
