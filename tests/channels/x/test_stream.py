"""The filtered stream: at once, nothing dropped by a slow desk, gone on with after a kill."""

import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from rejoinder.channels.contract import Connection, Post
from rejoinder.channels.x.x import X
from rejoinder.plumbing.http import Network
from tests.simulators.client import Simulator, running

_number = count(1)


@pytest.fixture(scope="module")
def x() -> Iterator[Simulator]:
    with running("x") as found:
        found.control("change", times=1000)
        yield found


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


class Desk:
    """An account that listens, and keeps its cursor."""

    def __init__(self, x: Simulator, network: Network) -> None:
        number = next(_number)
        self.word = f"lighthouse{number}"
        tokens = x.control("people", username=f"keeper{number}")
        self._connection = Connection(
            settings={"watch": self.word, "service": x.url},
            secrets={"access": tokens["access_token"], "bearer": "made-up-bearer"},
            external_id=tokens["id"],
            handle=f"keeper{number}",
        )
        self._network = network
        self.cursor: dict[str, Any] = {}
        self.heard: list[Post] = []
        self.starts()

    def starts(self) -> None:
        self.channel = X(self._connection, self._network)

    def listens(self) -> list[Post]:
        found = self.channel.listen(self.cursor)
        self.cursor = found.cursor
        self.heard += found.posts
        return list(found.posts)

    def hears(self, many: int, within: float = 20) -> list[Post]:
        """Listen until there are so many."""
        deadline = time.monotonic() + within
        while len({post.external_id for post in self.heard}) < many:
            assert time.monotonic() < deadline, (len(self.heard), many)
            self.listens()
        return self.heard


@pytest.fixture
def desk(x: Simulator, network: Network) -> Iterator[Desk]:
    found = Desk(x, network)
    found.listens()
    yield found
    found.channel.close()
    time.sleep(0.6)  # X sees a connection end at its next word, and takes one at a time


def says(x: Simulator, desk: Desk, text: str) -> str:
    found: str = x.control("say", who="tom", text=f"{desk.word} {text}")["id"]
    x.control("flood", line={}, first=0, many=1)  # a notice of X's, which is no post
    return found


def test_a_post_is_heard_as_it_is_said(x: Simulator, desk: Desk) -> None:
    desk.listens()
    begun = time.monotonic()
    said = says(x, desk, "is dark tonight")
    [post] = desk.hears(1)
    assert time.monotonic() - begun < 3
    assert (post.external_id, post.tagged, post.handle) == (said, False, "tom")
    assert post.ref["summoned"] is False


def test_what_was_said_while_we_were_away_is_found(x: Simulator, desk: Desk) -> None:
    says(x, desk, "one")
    desk.hears(1)
    desk.channel.close()  # killed: only the cursor is left
    missed = [says(x, desk, text) for text in ("two", "three")]
    desk.starts()
    found = {post.external_id for post in desk.hears(3)}
    assert set(missed) < found


def test_a_desk_that_is_slow_loses_nothing(x: Simulator, desk: Desk) -> None:
    desk.listens()
    many = 30_000
    line = {
        "data": {"id": "NUMBER", "text": f"{desk.word} " + "x" * 200, "author_id": "5"},
        "matching_rules": [{"id": "1", "tag": f"rejoinder {desk._connection.external_id}"}],
    }
    x.control("flood", line=line, first=10**18, many=many)
    time.sleep(1)  # nobody takes anything
    heard = desk.hears(many, within=60)
    assert [int(post.external_id) for post in heard] == list(range(10**18, 10**18 + many))
