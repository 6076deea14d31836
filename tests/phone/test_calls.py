"""Granny Smith calls a real exchange: what she says is kept there, and she is a mention here."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from rejoinder.channels.contract import Connection, Contact, Post
from rejoinder.channels.phone import channel, hours
from rejoinder.plumbing.http import Network
from tests.phone.conftest import BASE, PASSWORD, ROOT, USER

pytestmark = pytest.mark.phone


class Desk:
    """A telephone that listens, and keeps its cursor as JSON."""

    def __init__(self, network: Network, sound: str) -> None:
        settings = {
            "number": "01632 960000",
            "hours": hours.USUAL,
            "calls": "6",
            "exchange": BASE,
            "user": USER,
            "sound": sound,
        }
        self._network = network
        self._connection = Connection(settings=settings, secrets={"password": PASSWORD})
        self.cursor: dict[str, Any] = {}
        self.posts: list[Post] = []
        self.starts()

    def starts(self) -> None:
        """As after a kill: only the cursor is left."""
        self.phone = channel(self._connection, self._network)
        self.phone.identify()

    def listens(self) -> None:
        heard = self.phone.listen(json.loads(json.dumps(self.cursor)))
        self.cursor = heard.cursor
        self.posts += heard.posts

    def hears(self, many: int, within: float = 30) -> list[Post]:
        deadline = time.monotonic() + within
        while len(self.posts) < many and time.monotonic() < deadline:
            self.listens()
        assert len(self.posts) == many, self.posts
        return self.posts


@pytest.fixture
def desk(exchange: httpx.Client) -> Iterator[Desk]:
    network = Network({"127.0.0.1"})
    found = Desk(network, "sound:beep")
    try:
        found.listens()
        yield found
    finally:
        found.phone.close()
        network.close()


def test_a_caller_leaves_a_message(desk: Desk, exchange: httpx.Client) -> None:
    began = time.monotonic()
    with _caller("leaves"):
        (came,) = desk.hears(1)
        print(f"a mention {time.monotonic() - began:.2f} s after the call began")
        assert came.contacts == (Contact("phone", "07700900123"),)
        _, ended = desk.hears(2)
    assert ended.external_id == came.external_id
    assert ended.text.startswith("Voicemail, 0:0")
    kept = exchange.get(f"/recordings/stored/rejoinder-{ended.external_id}/file")
    assert kept.content[:4] == b"RIFF"
    assert len(kept.content) > 8_000  # half a second at least
    assert desk.phone.voice(ended.external_id) == kept.content
    desk.phone.forget_voice(ended.external_id)
    assert desk.phone.voice(ended.external_id) is None
    assert "900123" not in json.dumps(desk.cursor)


def test_nobody_is_recorded_where_the_words_are_missing(exchange: httpx.Client) -> None:
    network = Network({"127.0.0.1"})
    desk = Desk(network, "sound:not-there-at-all")
    desk.listens()
    before = exchange.get("/recordings/stored").text
    with _caller("waits"):
        _, ended = desk.hears(2)
    assert ended.text == "A call without a message."
    assert exchange.get("/recordings/stored").text == before
    desk.phone.close()
    network.close()


def test_a_call_outlives_the_desk(desk: Desk, exchange: httpx.Client) -> None:
    with _caller("leaves"):
        desk.hears(1)
        desk.phone.close()
        desk.starts()
        assert desk.hears(2)[1].kind == "edit"
    deadline = time.monotonic() + 5  # a line is there for a moment after it was hung up
    while exchange.get("/channels").json():
        assert time.monotonic() < deadline


@contextmanager
def _caller(how: str) -> Iterator[None]:
    """sipp rings the exchange, and waits to be hung up or hangs up after three seconds."""
    words = (
        f"chroot {ROOT} sipp 127.0.0.1:5070 -i 127.0.0.1 -p 5081 -s 100 -m 1 -timeout 40s -nostdin"
    )
    caller = subprocess.Popen(
        [*words.split(), "-sf", f"/{how}.xml"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
        assert caller.wait(40) == 0
    finally:
        caller.kill()
        caller.wait()
