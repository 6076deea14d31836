"""A Jetstream: what concerns us as it is written, nothing lost by a slow desk or a kill."""

import json
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from rejoinder.channels.bluesky import channel, jetstream
from rejoinder.channels.contract import Connection, Post
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests.channels.bluesky.fake import COLLECTION, FakeBluesky
from tests.simulators.client import Simulator, running

_number = count(1)
CREATED = (
    '{"did":"d","time_us":1,"kind":"commit","commit":{"operation":"create",'
    '"collection":"app.bsky.feed.%s","rkey":"r","cid":"c","record":%s}}'
)
TOM = "did:plc:tomxxxxxxxxxxxxxxxxxxxxx"


@pytest.fixture(scope="module")
def stream() -> Iterator[Simulator]:
    with running("jetstream") as found:
        yield found


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


class Wires:
    """Bluesky in memory, and the real way to a stream."""

    def __init__(self, bluesky: FakeBluesky, network: Network) -> None:
        self.bluesky = bluesky
        self._network = network
        self.called: list[str] = []

    def call(self, method: str, url: str, **more: Any) -> Answer:
        self.called.append(url.rpartition("/")[2])
        return self.bluesky.call(method, url, **more)

    def socket(self, url: str, *, quiet: float) -> Any:
        return self._network.socket(url, quiet=quiet)


class Desk:
    """An account that listens, and keeps its cursor as JSON."""

    def __init__(self, stream: Simulator, network: Network, at: str = "") -> None:
        self.stream = stream
        self.bluesky = FakeBluesky()
        self.wires = Wires(self.bluesky, network)
        self.word = f"lighthouse{next(_number)}"
        self.did = self.bluesky.sign_up("keeper.example.com")
        self.tom = self.bluesky.sign_up("tom.example.com")
        settings = {
            "handle": "keeper.example.com",
            "service": "https://bluesky.example.com",
            "watch": f'{self.word}, "old {self.word}x tower"',
            "stream": at or stream.url.replace("http", "ws") + "/subscribe",
        }
        self.connection = Connection(
            settings=settings,
            secrets={"password": "made-up-password"},
            external_id=self.did,
            handle="keeper.example.com",
        )
        self.cursor: dict[str, Any] = {}
        self.heard: list[Post] = []
        self.starts()

    def starts(self) -> None:
        self.channel = channel(self.connection, self.wires)

    def listens(self) -> list[Post]:
        found = self.channel.listen(json.loads(json.dumps(self.cursor)))
        self.cursor = found.cursor
        self.heard += found.posts
        return list(found.posts)

    def hears(self, uri: str, kind: str = "post", within: float = 20) -> Post:
        deadline = time.monotonic() + within
        while True:
            for post in self.heard:
                if (post.external_id, post.kind) == (uri, kind):
                    return post
            assert time.monotonic() < deadline, self.heard
            self.listens()

    def writes(self, text: str, did: str = "", **more: Any) -> str:
        """Somebody writes; only the stream tells of it."""
        number = next(_number)
        record = {"$type": COLLECTION, "text": text, "createdAt": "2026-03-02T09:00:00Z"} | more
        said = {"did": did or self.tom, "rkey": f"k{number}", "record": record, "cid": f"c{number}"}
        self.stream.control("commit", **said)
        return f"at://{said['did']}/{COLLECTION}/k{number}"

    def changes(self, uri: str, operation: str, **more: Any) -> None:
        did, _, rkey = uri.removeprefix("at://").split("/")
        self.stream.control("commit", did=did, rkey=rkey, operation=operation, **more)


@pytest.fixture
def desk(stream: Simulator, network: Network) -> Iterator[Desk]:
    found = Desk(stream, network)
    found.listens()
    yield found
    found.channel.close()


def test_a_post_with_our_word_is_heard_within_three_seconds(desk: Desk) -> None:
    begun = time.monotonic()
    post = desk.hears(desk.writes(f"is the {desk.word} dark", langs=["en-GB"]))
    assert time.monotonic() - begun < 3
    assert (post.tagged, post.ours, post.language) == (False, False, "en-GB")
    assert (post.handle, post.author_id) == ("tom.example.com", desk.tom)


def test_what_names_us_or_answers_us_is_heard_without_our_word(desk: Desk) -> None:
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": desk.did}
    facet = {"index": {"byteStart": 0, "byteEnd": 3}, "features": [feature]}
    named = desk.writes("@us hello", facets=[facet])
    ours = {"uri": f"at://{desk.did}/{COLLECTION}/3x", "cid": "c"}
    answered = desk.writes("thanks", reply={"root": ours, "parent": ours})
    assert desk.hears(named).tagged
    assert desk.hears(answered).in_reply_to == ours["uri"]


def test_what_concerns_nobody_here_is_not_kept(desk: Desk) -> None:
    desk.writes("a cat")
    desk.writes(f"old-fashioned {desk.word}x without its phrase")
    desk.writes(f"x{desk.word}")
    phrase = desk.writes(f"the OLD  {desk.word}x-tower!")
    desk.hears(phrase)
    assert [post.external_id for post in desk.heard] == [phrase]


def test_what_its_author_changes_or_takes_back_is_followed(desk: Desk) -> None:
    post = desk.hears(desk.writes(f"{desk.word} in Leds"))
    record = {"text": "in Leeds", "createdAt": "2026-03-02T09:00:00Z"}
    desk.changes(post.external_id, "update", record=record, cid="c-new")
    edited = desk.hears(post.external_id, "edit")
    assert (edited.text, edited.ref["cid"]) == ("in Leeds", "c-new")
    desk.changes(post.external_id, "delete")
    desk.hears(post.external_id, "delete")
    other = desk.writes("nobody knows this")
    desk.changes(other, "delete")
    last = desk.writes(f"{desk.word} end")
    desk.hears(last)
    assert other not in {each.external_id for each in desk.heard}


def test_killed_it_goes_on_from_its_cursor(desk: Desk) -> None:
    before = desk.writes(f"{desk.word} before")
    desk.hears(before)
    desk.channel.close()
    reached = desk.cursor["at"]
    missed = [desk.writes(f"{desk.word} meanwhile {n}") for n in range(50)]
    desk.starts()
    for uri in missed:
        desk.hears(uri)
    assert desk.stream.control("followers")["cursors"][-1] == str(reached - jetstream.BEFORE)


def test_hung_up_on_it_connects_again_and_misses_nothing(desk: Desk) -> None:
    desk.hears(desk.writes(f"{desk.word} before"))
    desk.stream.control("hang_up")
    missed = desk.writes(f"{desk.word} meanwhile")
    desk.hears(missed)


def test_a_slow_desk_loses_nothing(desk: Desk) -> None:
    many = 20_000
    event = {
        "did": TOM,
        "time_us": "TIME",
        "kind": "commit",
        "commit": {
            "rev": "3l3qo2vutsw2b",
            "operation": "create",
            "collection": COLLECTION,
            "rkey": "NUMBER",
            "record": {"text": f"{desk.word} " + "x" * 250, "createdAt": "2026-03-02T09:00:00Z"},
            "cid": "c",
        },
    }
    desk.stream.control("flood", event=event, first=1_000_000, many=many)
    deadline = time.monotonic() + 60
    while len({post.external_id for post in desk.heard}) < many:
        assert time.monotonic() < deadline
        desk.listens()
        time.sleep(0.3)


def test_while_it_streams_nobody_searches(desk: Desk) -> None:
    desk.hears(desk.writes(desk.word))
    desk.wires.called.clear()
    desk.channel._next = 0.0
    desk.listens()
    assert "app.bsky.feed.searchPosts" not in desk.wires.called


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{",
        "[]",
        '{"did": 1}',
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        '{"did":"did:plc:x","time_us":1,"kind":"identity","identity":{"did":"did:plc:x"}}',
        CREATED % ("post", '{"text":7}'),
        CREATED % ("like", "{}"),
        '{"did":"d","time_us":99999999999999999999,"kind":"commit"}',
        "x" * 900_000,
    ],
)
def test_a_strange_event_is_passed_over(desk: Desk, said: str) -> None:
    desk.stream._client.post("/control/strange", content=said.encode()).raise_for_status()
    desk.hears(desk.writes(f"{desk.word} after"))
    assert len(desk.heard) == 1


def test_where_there_is_no_stream_the_search_goes_on(stream: Simulator, network: Network) -> None:
    desk = Desk(stream, network, at="ws://127.0.0.1:9/subscribe")
    desk.listens()
    record = {"$type": COLLECTION, "text": desk.word, "createdAt": "2026-03-02T09:00:00Z"}
    desk.hears(desk.bluesky.say(desk.tom, record))


def test_away_for_longer_than_a_stream_remembers_we_search_as_well(
    stream: Simulator, network: Network
) -> None:
    desk = Desk(stream, network)
    desk.listens()
    desk.hears(desk.writes(desk.word))
    desk.channel.close()
    desk.cursor["at"] -= int((jetstream.KEPT + 60) * 1e6)
    desk.starts()
    desk.wires.called.clear()
    desk.listens()
    desk.channel.close()
    assert "app.bsky.feed.searchPosts" in desk.wires.called


def test_only_an_address_that_may_be_called_is_followed(stream: Simulator) -> None:
    guarded = Network()
    desk = Desk(stream, guarded)
    desk.listens()
    assert desk.channel._follower is not None
    assert not desk.channel._follower.connected(None)
    guarded.close()
