"""How fast a filtered stream of X is heard: from the wire to the intake log, on one core.

The simulated X runs in a process of its own and sends as fast as it is read. Measured is the CPU
time of the listening process with all its threads, in which a core has one second a second.
"""

import time
from typing import Any

from benchmarks.table import Rows, row
from rejoinder.channels.contract import Connection
from rejoinder.channels.x.x import X
from rejoinder.listening.hear.frames import pack
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import Log, open_log
from tests.simulators.client import Simulator, running

POSTS, ROUNDS = 40_000, 3
FIRST = 2_000_000_000_000_000_000


def run() -> Rows:
    """Rounds at full speed, and one in which the desk takes a rest after every batch."""
    network = Network({"127.0.0.1"})
    with running("x") as x:
        ear = _Ear(x, network, open_log())
        rates = sorted(ear.rate() for _ in range(ROUNDS))
        lost = ear.lost(rest=0.2)
        ear.channel.close()
    network.close()
    return [
        row("X's stream: posts a second of one core", rates[ROUNDS // 2], at_least=5000),
        row("X's stream: posts lost by a slow desk", lost, at_most=0),
    ]


class _Ear:
    """An account that follows its words, and the log that keeps them."""

    def __init__(self, x: Simulator, network: Network, log: Log) -> None:
        self.channel, self._line = _channel(x, network)
        self._x, self._log, self._first = x, log, FIRST
        self._cursor = self.channel.listen({}).cursor

    def rate(self) -> float:
        """Posts a second of CPU time, of a flood that is heard whole."""
        begun = time.process_time()
        lost = self.lost()
        assert lost == 0, lost
        return POSTS / (time.process_time() - begun)

    def lost(self, *, rest: float = 0) -> int:
        """How many posts of a flood are not heard."""
        self._x.control("flood", line=self._line, first=self._first, many=POSTS)
        wanted, idle = set(range(self._first, self._first + POSTS)), 0
        self._first += POSTS
        while wanted and idle < 10:
            posts = self.channel.listen(self._cursor).posts
            if posts:
                self._log.append(pack("x", None, clock.now(), posts))
            wanted.difference_update(int(post.external_id) for post in posts)
            idle = 0 if posts else idle + 1
            time.sleep(rest)
        return len(wanted)


def _channel(x: Simulator, network: Network) -> tuple[X, dict[str, Any]]:
    x.control("change", times=1000)
    us = x.control("people", username="brand")
    connection = Connection(
        settings={"watch": "northwind", "service": x.url},
        secrets={"access": us["access_token"], "bearer": "made-up-bearer"},
        external_id=us["id"],
        handle="brand",
    )
    return X(connection, network), _line(us["id"])


def _line(us: str) -> dict[str, Any]:
    """A post with what X says of it when it is asked for all that the desk reads."""
    return {
        "data": {
            "id": "NUMBER",
            "text": "northwind is down again in our street and nobody says why " * 3,
            "author_id": "5",
            "created_at": "2026-03-02T09:00:00.000Z",
            "conversation_id": "NUMBER",
            "edit_history_tweet_ids": ["NUMBER"],
            "lang": "en",
            "entities": {
                "urls": [{"url": "https://t.co/abc", "expanded_url": "https://example.com/map"}],
                "mentions": [{"username": "tina", "id": "6"}],
            },
        },
        "includes": {
            "users": [
                {"id": "5", "name": "Tom", "username": "tom"},
                {"id": "6", "name": "Tina", "username": "tina"},
            ]
        },
        "matching_rules": [{"id": "1", "tag": f"rejoinder {us}"}],
    }
