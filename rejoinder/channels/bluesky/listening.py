"""Hearing Bluesky: notifications, searches, our own posts, and another look at what was heard."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct, field

from rejoinder.channels import feed
from rejoinder.channels.bluesky import messages, reading, shapes, writing
from rejoinder.channels.bluesky.session import Session
from rejoinder.channels.contract import Heard, Post, TroubleError
from rejoinder.channels.feed import Feed, Item, Page, Seen

NOTIFICATIONS = "app.bsky.notification.listNotifications"
SEARCH = "app.bsky.feed.searchPosts"
POSTS = "app.bsky.feed.getPosts"
RECORDS = "com.atproto.repo.listRecords"
REASONS = ["mention", "reply", "quote"]

PAGE = 100
# 1 + 4 + 2 requests a poll, 1 for messages, and 1 in some, are 1,230 in five minutes; the server
# allows 3,000 an address.
SEARCHES = 4  # in one listening; the watches take turns
LOOK_AGAIN = 25  # posts in one getPosts: the newest each time, older ones in turn
OWN = 5  # polls between two looks at what was posted on our account, by whatever client
RECENT = 300  # posts whose edits and deletions are followed
MINE = 100  # of our own, likewise


class Cursor(Struct, omit_defaults=True):
    """How far an account was heard; `recent` are addresses and versions, oldest first.

    `mine` are those of our own posts, which others in the house may change.
    """

    notified: Feed | None = None
    own: Feed | None = None
    watched: dict[str, Feed] = field(default_factory=dict)
    seen: list[str] = []
    recent: list[tuple[str, str]] = []
    mine: list[tuple[str, str]] = []
    turn: int = 0
    messages: str | None = None  # the version of the newest entry of their log
    at: int | None = None  # µs; where the Jetstream goes on

    def followed(self) -> set[str]:
        """The addresses of the posts whose edits and deletions are told of."""
        return {uri for uri, _ in (*self.recent, *self.mine)}

    def moved_on(self, posts: list[Post], at: int) -> dict[str, Any]:
        """The cursor after a Jetstream brought these, up to `at`: a search goes on from there."""
        self.remember(posts)
        if at > (self.at or 0):
            self.at = at
            reached = at / 1e6 - feed.OVERLAP
            for found in self.watched.values():
                if found.newest is not None:
                    found.newest = max(found.newest, reached)
        return dict(msgspec.to_builtins(self))

    def remember(self, posts: list[Post]) -> None:
        """Those of the posts that may change, in the version they were heard in."""
        met = {post.external_id for post in posts}
        theirs = [pair for pair in self.recent if pair[0] not in met]
        ours = [pair for pair in self.mine if pair[0] not in met]
        self.recent = (theirs + _versions([p for p in posts if not p.ours]))[-RECENT:]
        self.mine = (ours + _versions([p for p in posts if p.ours]))[-MINE:]


class Listening:
    """One listening: each part adds what it found; trouble in one does not silence the others."""

    private = False  # whether messages are asked for
    search = True  # false while a Jetstream brings what a search would

    def __init__(self, session: Session, us: str, watches: list[str], cursor: Cursor) -> None:
        self._session = session
        self._us = us
        self._watches = watches
        self._cursor = cursor
        self._seen = Seen(cursor.seen)
        self._posts: list[Post] = []
        self._troubles: list[TroubleError] = []

    def run(self) -> Heard:
        """What is new. Raises TroubleError when there was trouble and nothing was heard."""
        after = Cursor(recent=list(self._cursor.recent), turn=self._cursor.turn + 1)
        after.mine = list(self._cursor.mine)
        after.messages, after.at = self._cursor.messages, self._cursor.at
        self._attempt(lambda: self._look_again(after))
        if self._cursor.turn % OWN == 0:
            self._attempt(lambda: self._look_at_ours(after))
        after.notified = self._follow(self._cursor.notified, self._notifications)
        after.watched = self._searches()
        after.own = self._cursor.own
        if self._cursor.own is None or self._cursor.turn % OWN == 0:
            after.own = self._follow(self._cursor.own, self._own)
        written = self._messages(after) if self.private else []
        if self._troubles and not self._posts and not written:
            raise self._troubles[0]
        after.remember(self._posts)
        after.seen = self._seen.digests(2 + len(self._watches))
        feeds = [after.notified, after.own, *after.watched.values()]
        more = any(found is not None and found.gap for found in feeds)
        posts = [*self._posts, *written]
        return Heard(posts, msgspec.to_builtins(after), more=more or bool(self._troubles))

    def _messages(self, after: Cursor) -> list[Post]:
        """Of another service: when it is down, everything public is heard all the same.

        Connecting and `rejoinder doctor` tell of an app password that does not open them.
        """
        try:
            if after.messages is None:
                after.messages = messages.start(self._session)
                return []
            log = messages.read(self._session, self._us, after.messages)
        except TroubleError:
            return []
        after.messages = log.rev
        return log.posts

    def _searches(self) -> dict[str, Feed]:
        watched = {w: f for w, f in self._cursor.watched.items() if w in self._watches}
        if not self.search and len(watched) == len(self._watches):
            return watched
        for phrase in _turn(self._watches, SEARCHES, self._cursor.turn):
            found = self._follow(watched.get(phrase), partial(self._search, phrase))
            if found is not None:
                watched[phrase] = found
        return watched

    def _follow(self, before: Feed | None, fetch: Callable[[str], Page]) -> Feed | None:
        """One feed read on; as it was when that failed."""
        try:
            if before is None:
                return feed.start(fetch, self._seen)
            posts, after = feed.read(before, fetch, self._seen)
        except TroubleError as trouble:
            self._troubles.append(trouble)
            return before
        self._posts += posts
        return after

    def _notifications(self, cursor: str) -> Page:
        query: dict[str, Any] = {"limit": PAGE, "reasons": REASONS} | _at(cursor)
        found = self._session.read(NOTIFICATIONS, shapes.Notifications, query)
        # Servers older than the parameter send every reason.
        views = [view for view in found.notifications if view.reason in REASONS]
        return Page([self._item(view) for view in views], found.cursor)

    def _search(self, phrase: str, cursor: str) -> Page:
        query: dict[str, Any] = {"q": phrase, "sort": "latest", "limit": PAGE} | _at(cursor)
        found = self._session.read(SEARCH, shapes.Posts, query)
        views = [view for view in found.posts if view.author.did != self._us]
        return Page([self._item(view) for view in views], found.cursor)

    def _own(self, cursor: str) -> Page:
        """From our repository itself: complete, and there at once."""
        query: dict[str, Any] = {"repo": self._us, "collection": writing.COLLECTION, "limit": PAGE}
        found = self._session.read(RECORDS, shapes.Records, query | _at(cursor))
        us = shapes.Author(self._us)
        views = [shapes.View(own.uri, own.cid, us, own.value) for own in found.records]
        return Page([self._item(view) for view in views], found.cursor)

    def _item(self, view: shapes.View) -> Item:
        post = reading.post(view, self._us)
        times = [time for time in (reading.moment(view.indexed_at), post.created_at) if time]
        return Item(post, min(times).timestamp() if times else feed.NEVER)

    def _look_again(self, after: Cursor) -> None:
        """Edits and deletions among the posts heard lately."""
        newest, older = after.recent[-LOOK_AGAIN:], after.recent[:-LOOK_AGAIN]
        for batch in (newest, _turn(older, LOOK_AGAIN, self._cursor.turn)):
            gone = self._compare(batch)
            after.recent = [pair for pair in after.recent if pair[0] not in gone]

    def _look_at_ours(self, after: Cursor) -> None:
        gone = self._compare(_turn(after.mine, LOOK_AGAIN, self._cursor.turn // OWN))
        after.mine = [pair for pair in after.mine if pair[0] not in gone]

    def _compare(self, batch: list[tuple[str, str]]) -> set[str]:
        """Hear what became of these; the addresses of those that changed or are gone."""
        if not batch:
            return set()
        found = self._session.read(POSTS, shapes.Posts, {"uris": [uri for uri, _ in batch]})
        if len(batch) >= 5 and not found.posts:
            return set()  # a server that knows none has a bad day; nobody deletes in step
        changes = _changes(batch, {view.uri: view for view in found.posts}, self._us)
        self._posts += changes
        return {post.external_id for post in changes}

    def _attempt(self, part: Callable[[], None]) -> None:
        try:
            part()
        except TroubleError as trouble:
            self._troubles.append(trouble)


def _changes(batch: list[tuple[str, str]], views: dict[str, shapes.View], us: str) -> list[Post]:
    changes = []
    for uri, version in batch:
        view = views.get(uri)
        if view is None:
            changes.append(Post(external_id=uri, kind="delete"))
            continue
        post = reading.post(view, us, "edit")
        if reading.version(post) != version:
            changes.append(post)
    return changes


def _versions(posts: list[Post]) -> list[tuple[str, str]]:
    found = {post.external_id: reading.version(post) for post in posts if post.kind != "delete"}
    return list(found.items())


def _at(cursor: str) -> dict[str, Any]:
    return {"cursor": cursor} if cursor else {}


def _turn(things: list[Any], size: int, turn: int) -> list[Any]:
    """The `size` things whose turn it is; all of them when they fit."""
    if len(things) <= size:
        return list(things)
    first = turn * size % len(things)
    return (things + things)[first : first + size]
