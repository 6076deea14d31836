"""A server that streams: heard at once, once, and gone on with after a kill."""

import json
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.contract import Connection
from rejoinder.channels.mastodon import channel, streaming
from rejoinder.channels.mastodon.server import Server
from rejoinder.channels.mastodon.streaming import Follower
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import NoAnswerError
from tests.channels.mastodon.stage import MastodonStage, Running, far_end

AT_ONCE = 3.0  # seconds from what somebody says to the inbox's door


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with far_end() as found:
        yield found


@pytest.fixture
def stage(running: Running) -> Iterator[MastodonStage]:
    running.server.control("limit", streams=True)
    found = MastodonStage(running.server, running.http)
    # The line of the stage breaks calls and streams nothing; this is the desk's own network.
    found.channel = channel(found.channel.connection, running.http)
    found.opens()
    found.listens()
    with closing(found.channel):
        yield found


def heard_within(stage: MastodonStage, *ids: str, kind: str = "post") -> float:
    begun = time.monotonic()
    stage.hears(*ids, kind=kind, within=AT_ONCE)
    return time.monotonic() - begun


def test_a_mention_is_heard_at_once_and_once(stage: MastodonStage) -> None:
    for number in range(3):
        heard_within(stage, stage.says("tom", f"question {number}"))
    stage.listens()
    assert len(stage.posts_heard) == 3


def test_a_hashtag_that_is_watched_is_heard_at_once(stage: MastodonStage) -> None:
    tag = f"#brandtag{stage.number}"
    said = stage.server.control("say", by=stage.handle_of("tina"), text=f"is it down {tag}")
    heard_within(stage, said["uri"])
    assert not stage.posts_heard[-1].tagged


def test_who_wants_no_readers_is_not_heard_by_a_stream_either(stage: MastodonStage) -> None:
    tag, shy = f"#brandtag{stage.number}", stage.handle_of("shy")
    stage.server.control("person", acct=shy, note="please #nobot")
    stage.server.control("say", by=shy, text=f"is it down {tag}")
    heard_within(stage, stage.says("tom", "hello"))
    assert [post.handle for post in stage.posts_heard] == [stage.handle_of("tom")]


def test_an_edit_and_a_deletion_are_heard_at_once(stage: MastodonStage) -> None:
    said = stage.says("tom", "no signal")
    heard_within(stage, said)
    stage.edits(said, "no signal in Leeds")
    heard_within(stage, said, kind="edit")
    stage.deletes(said)
    heard_within(stage, said, kind="delete")


def test_it_goes_on_from_its_cursor_after_a_kill(stage: MastodonStage, running: Running) -> None:
    first = stage.says("tom", "before")
    heard_within(stage, first)
    stage.channel.close()
    between = stage.says("tom", "in between")
    stage.cursor = json.loads(json.dumps(stage.cursor))
    stage.channel = channel(stage.channel.connection, running.http)
    with closing(stage.channel):
        heard_within(stage, between)
        heard_within(stage, stage.says("tom", "after"))
    assert len(stage.posts_heard) == 3


def test_where_nothing_streams_it_is_asked_every_few_seconds(stage: MastodonStage) -> None:
    stage.server.control("limit", streams=False)
    stage.channel.close()
    heard_within(stage, stage.says("tom", "hello"))
    assert not stage.channel.listen(stage.cursor).more


def test_a_quiet_stream_asks_the_server_for_nothing(stage: MastodonStage) -> None:
    settings = stage.channel.connection.settings | {"watch": f"#brandtag{stage.number}"}
    connection = Connection(
        settings=settings,
        secrets=stage.channel.connection.secrets,
        external_id=stage.channel.connection.external_id,
    )
    quiet = channel(connection, stage.channel.http)
    with closing(quiet):
        before = quiet.listen(stage.cursor).cursor
        for _ in range(3):
            heard = quiet.listen(before)
            assert (heard.posts, heard.cursor, heard.more) == ([], before, True)


class Chunks:
    """A stream that brings these bytes and ends."""

    status, header = 200, dict[str, str]()

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks = list(chunks)
        self.closed = False

    def take(self, within: float) -> bytes:
        if not self._chunks:
            raise NoAnswerError("It has ended.", may_have_arrived=True)
        return self._chunks.pop(0)

    def close(self) -> None:
        self.closed = True


class Far:
    """A server whose streams bring what they are told to."""

    def __init__(self, chunks: list[bytes]) -> None:
        self.chunks = chunks

    def stream(self, url: str, *, header: dict[str, str], quiet: float) -> Chunks:
        return Chunks(self.chunks)


def following(chunks: list[bytes]) -> Follower:
    connection = Connection(settings={"server": "social.example"}, secrets={})
    server = Server(connection, None)  # type: ignore[arg-type]  # nothing is called
    return Follower(server, Far(chunks), "https://social.example", ["#tag"])


EVENTS = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from(
            [
                b"event: notification\n",
                b"event: delete\r\ndata: 7\r\n\r\n",
                b"event: status.update\ndata: {]\n",
                b'event: update\ndata: {"id": "9"}\n\n',
                b":thump\n",
                b"data: \xff\n\n",
            ]
        ),
    ),
    max_size=8,
)


@given(EVENTS)
def test_nothing_that_a_stream_brings_breaks_it(chunks: list[bytes]) -> None:
    follower = following(chunks)
    assert follower.connected()
    for _ in range(len(chunks) + 2):
        follower.stirred(0)
    assert not follower.connected()  # it has ended; a second later it is tried again


@given(st.integers(1, 12))
def test_an_event_cut_anywhere_is_read_whole(at: int) -> None:
    whole = b"event: delete\ndata: 42\n\n"
    follower = following([whole[:at], whole[at:]])
    follower.connected()
    found = {*follower.stirred(0).posts, *follower.stirred(0).posts}
    assert found == {"42"}


def test_an_endless_line_is_let_go() -> None:
    follower = following([b"x" * 600_000] * 4 + [b"\nevent: delete\ndata: 4\n"])
    follower.connected()
    found = [follower.stirred(0).posts for _ in range(5)]
    assert found[-1] == {"4"}


def test_how_long_a_refusal_keeps_us_from_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    follower = following([])
    monkeypatch.setattr(Chunks, "status", 404)
    assert not follower.connected()
    now = clock.running()
    monkeypatch.setattr(Chunks, "status", 200)
    monkeypatch.setattr(clock, "running", lambda: now + streaming.LATER - 10)
    assert not follower.connected()
    monkeypatch.setattr(clock, "running", lambda: now + streaming.LATER + 1)
    assert follower.connected()
