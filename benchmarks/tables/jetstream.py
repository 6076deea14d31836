"""How fast a Jetstream of Bluesky is heard: from the wire to the intake log, on one core.

The simulated stream runs in a process of its own and sends as fast as it is read. Measured is the
CPU time of the listening process with all its threads, in which a core has one second a second.
Twice: when every post has our words and is kept, and when one in a thousand has, as on a usual day.
"""

import time
from typing import Any

from benchmarks.table import Rows, row
from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import Connection
from rejoinder.listening.hear.frames import pack
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import Log, open_log
from tests.channels.bluesky.fake import COLLECTION, FakeBluesky
from tests.simulators.client import Simulator, running

POSTS, ROUNDS = 20_000, 3
SELDOM = 1000  # posts to one that has our words
TEXT = "is down again in our street and nobody says why " * 4


def run() -> Rows:
    """Rounds at full speed, and one in which the desk takes a rest after every batch."""
    network = Network({"127.0.0.1"})
    with running("jetstream") as stream:
        ear = _Ear(stream, network, open_log())
        kept = sorted(ear.rate("northwind " + TEXT) for _ in range(ROUNDS))
        passed = sorted(ear.rate("southwind " + TEXT) for _ in range(ROUNDS))
        lost = ear.lost("northwind " + TEXT, rest=0.2)
        ear.channel.close()
    network.close()
    middle = ROUNDS // 2
    return [
        row("Jetstream: posts of ours a second of one core", kept[middle], at_least=5000),
        row("Jetstream: posts of others a second of one core", passed[middle], at_least=5000),
        row("Jetstream: posts lost by a slow desk", lost, at_most=0),
    ]


class _Wires:
    """Bluesky in memory, and the real way to a stream."""

    def __init__(self, bluesky: FakeBluesky, network: Network) -> None:
        self.call = bluesky.call
        self.socket = network.socket


class _Ear:
    """An account that follows its words, and the log that keeps them."""

    def __init__(self, stream: Simulator, network: Network, log: Log) -> None:
        bluesky = FakeBluesky()
        self._tom = bluesky.sign_up("tom.example.com")
        us = bluesky.sign_up("brand.example.com")
        connection = Connection(
            settings={
                "handle": "brand.example.com",
                "watch": "northwind",
                "service": "https://bluesky.example.com",
                "stream": f"{stream.url}/subscribe",
            },
            secrets={"password": "made-up-password"},
            external_id=us,
            handle="brand.example.com",
        )
        self.channel = Bluesky(connection, _Wires(bluesky, network))
        self._stream, self._log, self._first = stream, log, 1_000_000
        self._cursor = self.channel.listen({}).cursor

    def rate(self, text: str) -> float:
        """Posts a second of CPU time, of a flood whose last post is ours."""
        begun = time.process_time()
        lost = self.lost(text)
        assert lost == 0, lost
        return POSTS / (time.process_time() - begun)

    def lost(self, text: str, *, rest: float = 0) -> int:
        """How many posts of a flood are not heard."""
        ours = "northwind" in text
        wanted = self._flood(text, POSTS if ours else POSTS - POSTS // SELDOM)
        if not ours:
            wanted = self._flood("northwind " + TEXT, POSTS // SELDOM)
        idle = 0
        while wanted and idle < 10:
            heard = self.channel.listen(self._cursor)
            self._cursor = heard.cursor
            if heard.posts:
                self._log.append(pack("bluesky", None, clock.now(), list(heard.posts)))
            wanted.difference_update(post.external_id for post in heard.posts)
            idle = 0 if heard.posts or not ours else idle + 1
            time.sleep(rest)
        return len(wanted)

    def _flood(self, text: str, many: int) -> set[str]:
        first = self._first
        self._first += many
        event = _event(self._tom, text)
        self._stream.control("flood", event=event, first=first, many=many)
        return {f"at://{self._tom}/{COLLECTION}/{n}" for n in range(first, first + many)}


def _event(did: str, text: str) -> dict[str, Any]:
    """A post as a Jetstream tells it."""
    return {
        "did": did,
        "time_us": "TIME",
        "kind": "commit",
        "commit": {
            "rev": "3l3qo2vutsw2b",
            "operation": "create",
            "collection": COLLECTION,
            "rkey": "NUMBER",
            "record": {
                "$type": COLLECTION,
                "createdAt": "2026-03-02T09:00:00.000Z",
                "langs": ["en"],
                "text": text,
            },
            "cid": "bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi",
        },
    }
