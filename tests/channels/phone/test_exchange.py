"""Calls at an exchange: each is a mention once, with its number sealed and how it ended."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from rejoinder.channels.contract import Connection, Contact, Post, TroubleError
from rejoinder.channels.phone import channel, hours
from rejoinder.plumbing.http import Network
from tests.simulators.asterisk.server import PASSWORD, USER
from tests.simulators.client import Simulator, running

GRANNY = "07700 900123"


@pytest.fixture
def exchange() -> Iterator[Simulator]:
    with running("asterisk") as found:
        yield found


@pytest.fixture
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


class Desk:
    """A telephone that listens, and keeps its cursor as JSON."""

    def __init__(self, exchange: Simulator, network: Network, **other: str) -> None:
        settings = {
            "number": "01632 960000",
            "hours": hours.USUAL,
            "calls": "6",
            "exchange": exchange.url,
            "user": USER,
            "sound": "sound:greeting",
        } | other
        self.connection = Connection(settings=settings, secrets={"password": PASSWORD})
        self.exchange, self.network = exchange, network
        self.cursor: dict[str, Any] = {}
        self.posts: list[Post] = []
        self.starts()

    def starts(self) -> None:
        """As after a kill: only the cursor is left."""
        self.phone = channel(self.connection, self.network)

    def listens(self) -> list[Post]:
        heard = self.phone.listen(json.loads(json.dumps(self.cursor)))
        self.cursor = json.loads(json.dumps(heard.cursor))
        self.posts += heard.posts
        return list(heard.posts)

    def hears(self, many: int) -> list[Post]:
        deadline = time.monotonic() + 20
        while len(self.posts) < many and time.monotonic() < deadline:
            self.listens()
        assert len(self.posts) == many, self.posts
        return self.posts

    def asks_for(self, what: str) -> list[str]:
        """Listen until the exchange was asked for it; on which lines it was."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            lines = [one for did, one in self.exchange.control("looks")["asked"] if did == what]
            if lines:
                return lines
            self.listens()
        raise AssertionError(what)


@pytest.fixture
def desk(exchange: Simulator, network: Network) -> Iterator[Desk]:
    found = Desk(exchange, network)
    found.listens()
    yield found
    found.phone.close()


def test_a_message_is_a_mention_and_the_number_is_in_its_contacts_alone(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY, name="Granny Smith")
    (came,) = desk.hears(1)
    assert came.contacts == (Contact("phone", "07700900123"),)
    assert not came.public
    desk.asks_for("play")
    desk.exchange.control("hears", line="1.1")
    desk.asks_for("record")
    desk.exchange.control("speaks", line="1.1", seconds=83)
    _, ended = desk.hears(2)
    assert (ended.kind, ended.text) == ("edit", "Voicemail, 1:23.")
    assert ended.external_id == came.external_id
    assert desk.exchange.control("looks")["stored"] == [f"rejoinder-{came.external_id}"]
    assert desk.asks_for("hang up") == ["1.1"]
    assert [(one.kind, one.alt) for one in ended.media] == [("audio", "1:23")]
    assert desk.phone.voices() == {came.external_id}
    assert (desk.phone.voice(came.external_id) or b"").startswith(b"RIFF")
    for _ in range(2):  # gone already is what was wanted
        desk.phone.forget_voice(came.external_id)
    assert desk.phone.voice(came.external_id) is None
    bare = [came.text, came.author_id, came.handle, ended.text, str(ended.ref), str(desk.cursor)]
    assert not any("900123" in each or "Granny" in each for each in bare)


def test_nobody_is_recorded_before_the_words_were_played_to_their_end(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY)
    desk.asks_for("play")
    desk.exchange.control("hears", line="1.1", state="failed")
    assert desk.hears(2)[1].text == "A call without a message."
    asked = [what for what, _ in desk.exchange.control("looks")["asked"]]
    assert asked == ["answer", "play", "hang up"]


def test_who_hangs_up_at_once_called_all_the_same(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number="")
    desk.exchange.control("hangs_up", line="1.1")
    came, ended = desk.hears(2)
    assert came.contacts == ()
    assert came.author_id == came.external_id
    assert ended.text == "A call without a message."


@pytest.mark.parametrize(("seconds", "words"), [(7, "Voicemail, 0:07."), (0, "A call without")])
def test_who_hangs_up_while_recorded_left_what_was_recorded(
    desk: Desk, seconds: int, words: str
) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY)
    desk.asks_for("play")
    desk.exchange.control("hears", line="1.1")
    desk.asks_for("record")
    desk.exchange.control("hangs_up", line="1.1", seconds=seconds)
    assert desk.hears(2)[1].text.startswith(words)


def test_what_is_told_twice_or_is_no_event_changes_nothing(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY)
    line = {"id": "1.1", "caller": {"number": GRANNY}}
    for text in [
        json.dumps({"type": "StasisStart", "args": [], "channel": line}),
        json.dumps({"type": "RecordingFinished", "recording": {"name": "rejoinder-x"}}),
        json.dumps({"type": "StasisStart", "args": ["ours"], "channel": {"id": "2.2"}}),
        '{"type": 7}',
        "{",
        "x" * 900_000,
    ]:
        desk.exchange.control("tells", text=text)
    desk.exchange.control("hangs_up", line="1.1")
    desk.exchange.control("tells", text=json.dumps({"type": "StasisEnd", "channel": line}))
    desk.hears(2)
    desk.listens()
    assert len(desk.posts) == 2


def test_a_call_goes_on_after_the_connection_broke(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY)
    desk.asks_for("play")
    desk.exchange.control("cuts")
    desk.exchange.control("hears", line="1.1")  # and nobody heard that
    with pytest.raises(TroubleError):
        desk.listens()
    desk.listens()
    looked = desk.exchange.control("looks")["asked"]
    assert [what for what, _ in looked] == ["answer", "play", "answer", "play"]
    desk.exchange.control("hears", line="1.1")
    desk.asks_for("record")
    desk.exchange.control("speaks", line="1.1", seconds=5)
    assert desk.hears(2)[1].text == "Voicemail, 0:05."


def test_what_happened_while_nobody_listened_is_asked_for(desk: Desk) -> None:
    for line in ("1.1", "1.2"):
        desk.exchange.control("calls", line=line, number=GRANNY)
    desk.hears(2)
    desk.exchange.control("hears", line="1.1")
    desk.asks_for("record")
    desk.phone.close()
    desk.starts()
    desk.exchange.control("cuts")
    desk.exchange.control("hangs_up", line="1.1", seconds=9)
    desk.exchange.control("hangs_up", line="1.2")
    desk.exchange.control("calls", line="1.3", number="07700 900456")
    heard = desk.hears(5)
    texts = sorted(post.text for post in heard if post.kind == "edit")
    assert texts == ["A call without a message.", "Voicemail."]
    assert [post.contacts[0].value[-3:] for post in heard if post.contacts] == ["123", "123", "456"]
    assert len({post.external_id for post in heard}) == 3


def test_a_message_of_a_call_that_the_cursor_does_not_know_is_told(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY)
    desk.hears(1)
    desk.exchange.control("hears", line="1.1")
    desk.asks_for("record")
    desk.exchange.control("speaks", line="1.1", seconds=9)
    desk.phone.close()
    desk.starts()
    desk.cursor = {"begun": True}  # as if the desk had been killed before it was kept
    posts = desk.hears(3)
    assert posts[2].text == "Voicemail."
    assert {post.external_id for post in posts} == {posts[0].external_id}


def test_messages_that_were_there_before_are_the_past(desk: Desk) -> None:
    desk.exchange.control("calls", line="1.1", number=GRANNY)
    desk.asks_for("play")
    desk.exchange.control("hears", line="1.1")
    desk.asks_for("record")
    desk.exchange.control("speaks", line="1.1", seconds=9)
    other = Desk(desk.exchange, desk.network)
    desk.exchange.control("hangs_up", line="1.1")
    other.listens()
    assert other.posts == []
    other.phone.close()


def test_an_exchange_that_lets_nobody_in_says_what_to_do(
    exchange: Simulator, network: Network
) -> None:
    desk = Desk(exchange, network)
    desk.phone.identify()
    secrets = {"password": "wrong"}
    wrong = channel(Connection(settings=desk.connection.settings, secrets=secrets), network)
    with pytest.raises(TroubleError, match=r"ari\.conf"):
        wrong.identify()
    with pytest.raises(TroubleError):
        wrong.listen({})
    with pytest.raises(TroubleError, match="name a sound"):
        Desk(exchange, network, sound="").phone.identify()
    for days in ("0", "-1", "soon", "3651", "9" * 5_000):
        with pytest.raises(TroubleError, match="write a number"):
            Desk(exchange, network, days=days).phone.identify()


def test_without_an_exchange_nobody_is_called(network: Network) -> None:
    settings = {"number": "01632 960000", "hours": hours.USUAL, "calls": "6"}
    phone = channel(Connection(settings=settings, secrets={}), network)
    assert phone.identify().handle == "01632 960000"
    assert phone.listen({}).more is False
