"""A real sender, killed at every marked step, before a real far end: none lost, none twice."""

import json
import os
import re
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

import rejoinder
from tests import apart
from tests.faults import sending
from tests.faults.sending import CAP, REPLIES

pytestmark = pytest.mark.tables

SENDING = ("send.claiming", "send.claimed", "send.answered", "send.recording", "send.recorded")
# Where the look-up is killed, and where the sender before it was.
LOOKING = (
    ("reconcile.doubted", "send.claimed"),
    ("reconcile.looked", "send.answered"),
    ("reconcile.found", "send.answered"),
    ("reconcile.requeued", "send.claimed"),
)
# Where a publication is written down; `test_publisher` tries these.
QUEUEING = ("publish.queueing", "publish.queued")
DOUBTS_END = "5"  # minutes until a sender counts as dead and the platform as settled
NEXT_WINDOW = "80"

TEXTS = [f"Reply {number}" for number in range(REPLIES)]


class FarEnd:
    """The pretend network in a process of its own; each test has an account of its own there."""

    def __init__(self, url: str) -> None:
        self.url = url

    def posts(self, handle: str) -> Counter[str]:
        """How often it has each text of that account."""
        ask = {"as": handle, "since": "2000-01-01T00:00:00+00:00"}
        kept = httpx.get(f"{self.url}/api/ours", params=ask).json()
        return Counter(post["text"] for post in kept)

    def refused_for_a_limit(self) -> int:
        return int(httpx.get(f"{self.url}/control").json()["limited"])

    def answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/api/me").status_code == 200
        return False


@pytest.fixture(scope="module")
def network() -> Iterator[FarEnd]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = ("-m", "rejoinder.channels.pretend.server", "--port", str(port), "--seed", "1")
    process = apart.python(os.environ, *server)
    try:
        found = FarEnd(f"http://127.0.0.1:{port}")
        apart.until(found.answers, "the far end answers")
        yield found
    finally:
        process.terminate()
        process.communicate()


def later(desk: dict[str, str], minutes: str) -> dict[str, Any]:
    """The state after what was done so many minutes later."""
    found: dict[str, Any] = json.loads(
        apart.said(desk, "-m", "tests.faults.sending", "later", minutes)
    )
    return found


def killed(desk: dict[str, str], mark: str, *words: str) -> None:
    """Run it until it dies at the mark."""
    process = apart.python(desk | {"REJOINDER_KILL_AT": mark}, "-m", *words)
    process.communicate(timeout=apart.PATIENCE)
    assert process.returncode == -signal.SIGKILL, f"never came to {mark}"


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    return apart.desk(tmp_path) | {"REJOINDER_ALLOW_PRIVATE": "127.0.0.1"}


def prepared(desk: dict[str, str], network: FarEnd, handle: str) -> str:
    apart.said(desk, "-m", "tests.faults.sending", "prepare", network.url, handle)
    return handle


def the_rest_is_sent_once(desk: dict[str, str], network: FarEnd, handle: str) -> None:
    """What the next look brings, within the limit; then, in the next window, all that is left."""
    found, posted = later(desk, DOUBTS_END), network.posts(handle)
    assert sorted(found["replies"]) == TEXTS
    assert set(found["replies"].values()) <= {"sent", "queued"}
    assert {text for text, at in found["replies"].items() if at == "sent"} == set(posted)
    assert max(posted.values()) == 1
    assert len(posted) <= found["used"] == CAP
    assert network.refused_for_a_limit() == 0
    sending.limit(network.url, 100)
    found = later(desk, NEXT_WINDOW)
    assert network.posts(handle) == Counter(TEXTS)
    assert set(found["replies"].values()) == {"sent"}


@pytest.mark.parametrize("mark", SENDING)
def test_a_sender_killed_at_any_step_loses_nothing_and_says_nothing_twice(
    desk: dict[str, str], network: FarEnd, mark: str
) -> None:
    handle = prepared(desk, network, mark)
    killed(desk, mark, "rejoinder.cli", "send")
    the_rest_is_sent_once(desk, network, handle)


@pytest.mark.parametrize(("mark", "before"), LOOKING)
def test_a_look_up_killed_at_any_step_is_done_again(
    desk: dict[str, str], network: FarEnd, mark: str, before: str
) -> None:
    handle = prepared(desk, network, mark)
    killed(desk, before, "rejoinder.cli", "send")
    killed(desk, mark, "tests.faults.sending", "later", DOUBTS_END)
    the_rest_is_sent_once(desk, network, handle)


def test_every_marked_step_of_sending_is_tried() -> None:
    source = Path(rejoinder.__file__).parent
    marks = {
        mark
        for room in ("outbox", "budget")
        for file in (source / room).rglob("*.py")
        for mark in re.findall(r'fault\.step\("([^"]+)"\)', file.read_text())
    }
    assert marks == {*SENDING, *(mark for mark, _ in LOOKING), *QUEUEING}
