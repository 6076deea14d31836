"""Hearing X: mentions, our words by search, our own posts, messages, and what was taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct, field

from rejoinder.channels.contract import Heard, Post, TroubleError
from rejoinder.channels.x import asking, shapes, timeline
from rejoinder.channels.x.auditing import Audit, Auditor
from rejoinder.channels.x.reading import Us, message, posts
from rejoinder.channels.x.session import Session, understood
from rejoinder.channels.x.timeline import Timeline
from rejoinder.plumbing import clock

PAGE = 100
SEARCHES = 4  # in one listening; the queries take turns
OWN = 5  # listenings between two looks at what was posted on our account
MESSAGES = 6  # the same for messages: 15 looks are allowed in 15 minutes
AGAIN = 30  # the same for what was taken back; a post costs once a day, however often it is read
AUDIT = 6  # the same for a step of the round over everything that is kept
RECENT = 500  # posts looked at again
MINE = 100  # of our own, likewise
OVERLAP = 60_000  # ms; a stream keeps no order
NO_MORE = {"resource-not-found", "not-authorized-for-resource", "resource-unavailable"}


class Cursor(Struct, omit_defaults=True):
    """How far an account was heard; `recent`: ids as we know and as X does, oldest first.

    `mine` are those of our own posts, which others in the house may change.
    """

    mentions: Timeline | None = None
    own: Timeline | None = None
    searched: dict[str, Timeline] = field(default_factory=dict)
    messages: str | None = None
    recent: list[tuple[str, str]] = []
    mine: list[tuple[str, str]] = []
    turn: int = 0
    audit: Audit = field(default_factory=Audit)


class Listening:
    """One listening: each part adds what it found; trouble in one does not silence the others."""

    private = False  # whether messages are asked for
    auditor: Auditor | None = None  # where the app may ask for everything that is kept
    search = True  # false while a stream brings what a search would

    def __init__(self, session: Session, us: Us, queries: list[str], cursor: Cursor) -> None:
        self._session = session
        self._us = us
        self._queries = queries
        self._cursor = cursor
        self._posts: list[Post] = []
        self._troubles: list[TroubleError] = []

    def run(self) -> Heard:
        """What is new. Raises TroubleError when there was trouble and nothing was heard."""
        turn = self._cursor.turn
        after = Cursor(turn=turn + 1, recent=list(self._cursor.recent))
        after.mine = list(self._cursor.mine)
        after.mentions = self._follow(self._cursor.mentions, partial(self._of_us, "mentions"))
        after.searched = self._searches()
        after.own = self._cursor.own
        if after.own is None or turn % OWN == 0:
            after.own = self._follow(self._cursor.own, partial(self._of_us, "tweets"))
        after.messages = self._cursor.messages
        if self.private and (after.messages is None or turn % MESSAGES == 0):
            self._attempt(partial(self._read_messages, after))
        if turn % AGAIN == AGAIN - 1:
            self._attempt(partial(self._look_again, after))
        if self._troubles and not self._posts:
            raise self._troubles[0]
        after.audit = self._cursor.audit
        if self.auditor is not None and turn % AUDIT == 0:
            self._posts += self.auditor.step(after.audit)
        return self._heard(after)

    def _heard(self, after: Cursor) -> Heard:
        found = {(post.kind, post.external_id, post.ref.get("id")): post for post in self._posts}
        heard = list(found.values())
        public = [each for each in heard if each.public and each.kind != "delete"]
        new = [(p.ours, (p.external_id, p.ref["id"])) for p in public]
        after.recent = (after.recent + [pair for ours, pair in new if not ours])[-RECENT:]
        after.mine = (after.mine + [pair for ours, pair in new if ours])[-MINE:]
        lines = [after.mentions, after.own, *after.searched.values()]
        more = any(line is not None and line.token for line in lines)
        return Heard(heard, msgspec.to_builtins(after), more=more or bool(self._troubles))

    def _searches(self) -> dict[str, Timeline]:
        known = {q: line for q, line in self._cursor.searched.items() if q in self._queries}
        if not self.search and len(known) == len(self._queries):
            return known
        for query in _turn(self._queries, SEARCHES, self._cursor.turn):
            before = known.get(query)
            if before is not None:
                before = timeline.within_reach(before, clock.now())
            found = self._follow(before, partial(self._search, query))
            if found is not None:
                known[query] = found
        return known

    def _follow(
        self, before: Timeline | None, fetch: Callable[[dict[str, str]], shapes.Page]
    ) -> Timeline | None:
        """One list read on; as it was when that failed."""
        if before is None:
            return timeline.start(clock.now())
        try:
            pages, after = timeline.read(before, fetch)
        except TroubleError as trouble:
            self._troubles.append(trouble)
            # A place in the middle is good for a while only; what is read twice is kept once.
            return Timeline(before.since)
        for page in reversed(pages):
            self._posts += reversed(posts(page, self._us))
        return after

    def _of_us(self, which: str, more: dict[str, str]) -> shapes.Page:
        path = f"/2/users/{self._us.id}/{which}"
        return self._session.read(path, shapes.Page, _query(more, asking.TIMELINE))

    def _search(self, query: str, more: dict[str, str]) -> shapes.Page:
        given = {"query": query} | {
            _SEARCHED.get(name, name): value for name, value in more.items()
        }
        page = self._session.read(
            "/2/tweets/search/recent", shapes.Page, _query(given, asking.TIMELINE)
        )
        page.data = [tweet for tweet in page.data if tweet.author_id != self._us.id]
        return page

    def _read_messages(self, after: Cursor) -> None:
        """Messages have no place to begin at: back from the newest to the last one known."""
        known = timeline.place(self._cursor.messages or "")
        newest, token, found = known, "", list[Post]()
        for _ in range(timeline.PAGES):
            more = {"pagination_token": token} if token else {}
            page = self._session.read("/2/dm_events", shapes.Events, _query(more, asking.MESSAGES))
            people = {user.id: user for user in page.includes.users}
            fresh = [event for event in page.data if timeline.place(event.id) > known]
            found += [message(event, people, self._us) for event in fresh]
            newest = max([newest, *(timeline.place(event.id) for event in fresh)])
            token = page.meta.next_token
            if not token or len(fresh) < len(page.data):
                break
        if self._cursor.messages is not None:
            self._posts += reversed(found)
        after.messages = str(newest)

    def _look_again(self, after: Cursor) -> None:
        """Which of the posts heard lately are gone; stored content must follow within a day."""
        for batch in _batches(after.recent + after.mine):
            query: dict[str, Any] = {"ids": ",".join(number for _, number in batch)}
            answer = self._session.asked("/2/tweets", query)
            page = understood(answer, shapes.Page)
            gone = {
                each.resource_id or each.value
                for each in page.errors
                if each.type.rpartition("/")[2] in NO_MORE
            } - {tweet.id for tweet in page.data}
            self._posts += [
                Post(external_id=known, kind="delete") for known, number in batch if number in gone
            ]
            after.recent = [pair for pair in after.recent if pair[1] not in gone]
            after.mine = [pair for pair in after.mine if pair[1] not in gone]

    def _attempt(self, part: Callable[[], None]) -> None:
        try:
            part()
        except TroubleError as trouble:
            self._troubles.append(trouble)


def moved_on(cursor: dict[str, Any], posts: list[Post]) -> dict[str, Any]:
    """The cursor after a stream brought these: a search goes on from a little before them."""
    newest = max((timeline.place(post.ref["id"]) for post in posts), default=0)
    since = max(0, newest - (OVERLAP << 22))
    after = {}
    for query, line in cursor.get("searched", {}).items():
        known = timeline.place(line["since"])
        after[query] = line if line.get("token") else {"since": str(max(known, since))}
    return cursor | {"searched": after}


_SEARCHED = {"pagination_token": "next_token"}


def _query(given: dict[str, str], fields: dict[str, str]) -> dict[str, Any]:
    return {"max_results": PAGE} | fields | given


def _batches(recent: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [recent[at : at + PAGE] for at in range(0, len(recent), PAGE)]


def _turn(things: list[str], size: int, turn: int) -> list[str]:
    """The `size` things whose turn it is; all of them when they fit."""
    if len(things) <= size:
        return things
    first = turn * size % len(things)
    return (things + things)[first : first + size]
