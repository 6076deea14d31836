"""The filtered stream: posts with our words as they are said, taken in batches.

https://docs.x.com/x-api/posts/filtered-stream/introduction
What falls between two connections is found by a search (`listening.py`): the stream is for speed,
the search for completeness.
"""

from typing import Any

import msgspec

from rejoinder.channels.contract import Flow, Post, Streams
from rejoinder.channels.x import asking, reading, shapes
from rejoinder.channels.x.reading import Us
from rejoinder.channels.x.session import Session, wait
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

PATH, RULES = "/2/tweets/search/stream", "/2/tweets/search/stream/rules"
QUIET = 45.0  # seconds; X says something every 20
MOST = 5000  # posts in one batch
LONGEST = 1_000_000  # bytes of one line; a post is some thousand
AGAIN = 30.0  # seconds until a connection that failed is tried again
LATER = 300.0  # the same when X refused it

_LINE = msgspec.json.Decoder(shapes.Streamed)


class Follower:
    """One connection, kept between batches. Not shared between threads."""

    def __init__(self, session: Session, http: Streams, us: Us, rules: list[str]) -> None:
        self._session = session
        self._http = http
        self._us = us
        self._rules = rules
        self._tag = f"rejoinder {us.id}"
        self._stream: Flow | None = None
        self.fresh = False  # connected anew: what was said in between is not known
        self._rest = b""
        self._after = 0.0

    def connected(self) -> bool:
        """Whether it is, or could be made so now; false for a while after it failed."""
        if self._stream is None and clock.running() >= self._after:
            self._connect()
        return self._stream is not None

    def batch(self, within: float) -> list[Post]:
        """What was said, after at most `within` seconds; nobody's words when it has ended."""
        posts: list[Post] = []
        try:
            while self._stream is not None and len(posts) < MOST:
                chunk = self._stream.take(0 if posts else within)
                if not chunk:
                    break
                posts += self._posts(chunk)
        except NoAnswerError:
            self.close()
            self._after = clock.running() + 1
        return posts

    def close(self) -> None:
        """Let go of the connection."""
        if self._stream is not None:
            self._stream.close()
        self._stream, self._rest = None, b""

    def _connect(self) -> None:
        header = self._session.app_header()
        query = "&".join(f"{name}={value}" for name, value in asking.TIMELINE.items())
        url = f"{self._session.address(PATH)}?{query}"
        try:
            refusal = self._set_rules(header)
            if refusal is None:
                flow = self._http.stream(url, header=header, quiet=QUIET)
                if flow.status == 200:
                    self._stream, self.fresh = flow, True
                    return
                flow.close()
                refusal = Answer(flow.status, flow.header, b"")
        except NoAnswerError:
            self._after = clock.running() + AGAIN
            return
        pause = max(AGAIN, wait(refusal)) if refusal.status == 429 else LATER
        self._after = clock.running() + pause

    def _set_rules(self, header: dict[str, str]) -> Answer | None:
        """Ours stand, and none of ours that is old; the refusal when X takes them not."""
        url = self._session.address(RULES)
        answer = self._session.http.call("GET", url, header=header)
        if answer.status != 200:
            return answer
        try:
            stand = msgspec.json.decode(answer.body, type=shapes.Rules).data
        except (msgspec.DecodeError, UnicodeDecodeError):
            return answer
        ours = {rule.value: rule.id for rule in stand if rule.tag == self._tag}
        changes: dict[str, Any] = {}
        if old := [number for value, number in ours.items() if value not in self._rules]:
            changes["delete"] = {"ids": old}
        if new := [value for value in self._rules if value not in ours]:
            changes["add"] = [{"value": value, "tag": self._tag} for value in new]
        for name, change in changes.items():  # one kind in a call
            answer = self._session.http.call("POST", url, header=header, json={name: change})
            if answer.status not in {200, 201}:
                return answer
        return None

    def _posts(self, chunk: bytes) -> list[Post]:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > LONGEST:
            self._rest = b""
        heard = (self._post(line) for line in lines if len(line) > 2)
        return [post for post in heard if post is not None]

    def _post(self, line: bytes) -> Post | None:
        try:
            told = _LINE.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None  # a notice of X, or half a line after a break
        if self._tag not in {rule.tag for rule in told.matching_rules}:
            return None  # another account of the same app asked for it
        return reading.listed([told.data], told.includes, self._us)[0]
