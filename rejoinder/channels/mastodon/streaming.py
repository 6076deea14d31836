"""Hearing at once: a server's streams say that something happened, and then we ask what.

docs.joinmastodon.org, Streaming API: server-sent events. What an event brings is not believed on
its own: it makes us look where we would have looked seconds later, from the cursor that we keep.
So nothing comes twice, and what falls between two connections is not lost. Many servers have no
streams; then we look every few seconds.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import msgspec
from msgspec import Struct, field

from rejoinder.channels.contract import Flow, Streams
from rejoinder.channels.mastodon.server import Server
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import NoAnswerError

USER, TAG = "/api/v1/streaming/user", "/api/v1/streaming/hashtag"
QUIET = 60.0  # seconds; Mastodon sends a sign of life every 15
LONGEST = 1_000_000  # bytes of one event; a post is some thousand
AGAIN = 30.0  # seconds until a connection that failed is tried again
LATER = 600.0  # the same where a server has no streams
TAGS = 4  # hashtags that are followed by streams; the others are asked for in turn
GLANCE = 0.02  # seconds for each stream after one that was waited for


class Stirred(Struct):
    """What happened: in which hashtags, to which posts; `anything` of it, or news for us."""

    tags: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)
    anything: bool = False


class _Told(Struct):
    """What is read of an event about a post."""

    id: str = ""


class _Lines:
    """The events in the bytes of one stream."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._rest, self._event = b"", ""

    def take(self, within: float) -> Iterator[tuple[str, bytes]]:
        """What came, each with its kind. Raises NoAnswerError at the end of the stream."""
        *lines, self._rest = (self._rest + self.flow.take(within)).split(b"\n")
        if len(self._rest) > LONGEST:
            self._rest = b""
        for line in lines:
            name, _, value = line.rstrip(b"\r").partition(b":")
            if name == b"event":
                self._event = value.strip().decode("utf-8", "replace")
            elif name == b"data" and self._event:
                yield self._event, value.strip()
                self._event = ""


class Follower:
    """The streams of one account, kept between listenings. Not shared between threads."""

    def __init__(
        self, server: Server, http: Streams | None, base: str, watches: Sequence[str]
    ) -> None:
        """`base` is where the server streams, `watches` what is watched, hashtags with their #.

        `http` is None where ours follows no streams.
        """
        self._server = server
        self._http = http
        self._base = base
        self._tags = [watch for watch in watches if watch.startswith("#")][:TAGS]
        self._streams: dict[str, _Lines] = {}
        self._after = 0.0
        self.fresh = False  # connected anew: what was said in between is asked for

    def connected(self) -> bool:
        """Whether all streams are there, or could be made now; false a while after one failed."""
        if not self._streams and clock.running() >= self._after:
            self._connect()
        return bool(self._streams)

    def stirred(self, within: float) -> Stirred:
        """What happened, after at most `within` seconds and a glance for each hashtag."""
        found = Stirred()
        try:
            for name, lines in self._streams.items():
                wait = GLANCE if found.anything or name else within
                for event, data in lines.take(wait):
                    _note(found, name, event, data)
        except NoAnswerError:
            self.close()
            self._after = clock.running() + 1
        return found

    def close(self) -> None:
        """Let go of the connections."""
        for lines in self._streams.values():
            lines.flow.close()
        self._streams = {}

    def _connect(self) -> None:
        if self._http is None:
            return
        addresses = {"": USER} | {tag: f"{TAG}?tag={_quoted(tag)}" for tag in self._tags}
        opened: dict[str, _Lines] = {}
        pause = 0.0
        try:
            for name, path in addresses.items():
                flow = self._http.stream(self._base + path, header=self._header(), quiet=QUIET)
                opened[name] = _Lines(flow)
                if flow.status != 200:
                    pause = LATER if flow.status in {400, 401, 403, 404, 410, 501} else AGAIN
                    break
        except NoAnswerError:
            pause = AGAIN
        if pause:
            self._after = clock.running() + pause
            for lines in opened.values():
                lines.flow.close()
            return
        self._streams, self.fresh = opened, True

    def _header(self) -> dict[str, str]:
        return self._server.header() | {"Accept": "text/event-stream"}


def _note(found: Stirred, name: str, event: str, data: bytes) -> None:
    """`update` on our own stream is by somebody we follow, or by us; there it stirs nothing."""
    if event == "notification":
        found.anything = True
    elif event == "delete":
        found.posts.add(data.decode("utf-8", "replace").strip('"')[:100])
        found.anything = True
    elif event == "status.update":
        if told := _told(data):
            found.posts.add(told.id)
            found.anything = True
    elif event == "update" and name:
        found.tags.add(name)
        found.anything = True


def _told(data: bytes) -> _Told | None:
    try:
        return msgspec.json.decode(data, type=_Told)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _quoted(tag: str) -> str:
    return quote(tag.removeprefix("#"), safe="")
