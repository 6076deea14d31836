"""A Jetstream: every post of the network as it is written, of which ours are kept.

https://github.com/bluesky-social/jetstream-legacy (the first version of its interface). Its cursor
is a time, so a desk that was away takes up where it was, on whichever instance. What a slow desk
does not take waits at the far end; when that has enough and hangs up, we go on from the cursor.
"""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from msgspec import Struct, field

from rejoinder.channels.bluesky import reading, shapes, writing
from rejoinder.channels.bluesky.session import Session
from rejoinder.channels.bluesky.watching import Words
from rejoinder.channels.contract import Flow, Post, Sockets, TroubleError
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import NoAnswerError

QUIET = 60.0  # seconds; the network writes many posts in each of them
MOST = 20_000  # events in one batch
LONGEST = 1_000_000  # bytes of one event
BEFORE = 5_000_000  # µs; instances and reconnections are not exact, and what is twice is once
KEPT = 20 * 3600.0  # seconds an instance keeps for sure (24 hours by default); then we search
AGAIN = 30.0  # seconds until a connection that failed is tried again
LATER = 600.0  # the same when it was refused

PROFILES = "app.bsky.actor.getProfiles"
TOGETHER = 25  # names in one getProfiles
ASKED = 3  # getProfiles in one batch; who is left is known by their DID until they write again
KNOWN = 5000  # names remembered

_EVENT = msgspec.json.Decoder(shapes.Event)


class Batch(Struct):
    """Posts that concern us, and the time of the last event of all, in µs; 0 when none came."""

    posts: list[Post] = field(default_factory=list)
    at: int = 0


class Follower:
    """One connection, kept between batches. Not shared between threads."""

    def __init__(
        self, session: Session, http: Sockets, url: str, us: str, watches: Sequence[str]
    ) -> None:
        self._session = session
        self._http = http
        self._url = url
        self._us = us
        self._named = us.encode()
        self._words = Words(watches)
        self._flow: Flow | None = None
        self.fresh = False  # connected without knowing where we were
        self._rest = b""
        self._after = 0.0
        self._people: dict[str, shapes.Author] = {}

    def connected(self, at: int | None) -> bool:
        """Whether it is, or could be made so now, going on at `at`; false a while after failing."""
        if self._flow is None and clock.running() >= self._after:
            self._connect(at)
        return self._flow is not None

    def batch(self, within: float, known: Collection[str]) -> Batch:
        """What was said, after at most `within` seconds; of changes those of what is `known`."""
        found = Batch()
        views: list[tuple[shapes.View, str]] = []
        try:
            events = 0
            while self._flow is not None and events < MOST:
                chunk = self._flow.take(0 if events else within)
                if not chunk:
                    break
                *lines, self._rest = (self._rest + chunk).split(b"\n")
                if len(self._rest) > LONGEST:
                    self._rest = b""
                events += len(lines) or 1
                for line in lines:
                    self._sort(line, found, views, known)
        except NoAnswerError:
            self.close()
            self._after = clock.running() + 1
        self._meet({view.author.did for view, _ in views})
        found.posts += [self._post(view, kind) for view, kind in views]
        return found

    def close(self) -> None:
        """Let go of the connection."""
        if self._flow is not None:
            self._flow.close()
        self._flow, self._rest = None, b""

    def _connect(self, at: int | None) -> None:
        query = f"wantedCollections={writing.COLLECTION}"
        if at is not None:
            query += f"&cursor={at - BEFORE}"
        mark = "&" if "?" in self._url else "?"
        try:
            flow = self._http.socket(f"{self._url}{mark}{query}", quiet=QUIET)
        except NoAnswerError:
            self._after = clock.running() + AGAIN
            return
        if flow.status == 101:
            late = at is None or clock.now().timestamp() - at / 1e6 > KEPT
            self._flow, self.fresh = flow, late
            return
        flow.close()
        self._after = clock.running() + (AGAIN if flow.status >= 500 else LATER)

    def _sort(
        self,
        line: bytes,
        found: Batch,
        views: list[tuple[shapes.View, str]],
        known: Collection[str],
    ) -> None:
        try:
            event = _EVENT.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return  # one strange event is no reason to hear no other
        found.at = max(found.at, event.time_us)
        commit = event.commit
        if commit is None or commit.collection != writing.COLLECTION:
            return
        uri = f"at://{event.did}/{commit.collection}/{commit.rkey}"
        if commit.operation == "delete":
            if uri in known:
                found.posts.append(Post(external_id=uri, kind="delete"))
        elif uri in known or self._concerns(event.did, commit.record):
            author = shapes.Author(event.did)
            view = shapes.View(uri, commit.cid, author, commit.record.copy())
            views.append((view, "edit" if commit.operation == "update" else "post"))

    def _concerns(self, author: str, record: msgspec.Raw) -> bool:
        """Whether it is ours, names us, answers us, or has our words."""
        if author == self._us or self._named in bytes(record):
            return True
        try:
            return self._words.within(_TEXT.decode(record).text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False

    def _meet(self, dids: set[str]) -> None:
        """Names, for a page of the desk; words come without where they cannot be had."""
        unknown = sorted(dids - set(self._people))
        for first in range(0, min(len(unknown), ASKED * TOGETHER), TOGETHER):
            query: dict[str, Any] = {"actors": unknown[first : first + TOGETHER]}
            try:
                met = self._session.read(PROFILES, shapes.Profiles, query).profiles
            except TroubleError:
                break
            self._people |= {each.did: each for each in met}
        while len(self._people) > KNOWN:
            del self._people[next(iter(self._people))]

    def _post(self, view: shapes.View, kind: str) -> Post:
        view.author = self._people.get(view.author.did, view.author)
        return reading.post(view, self._us, "edit" if kind == "edit" else "post")


class _Text(Struct):
    """What is looked at of a post that concerns us perhaps."""

    text: str = ""


_TEXT = msgspec.json.Decoder(_Text)
