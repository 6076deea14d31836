"""Hearing a server: what names us, our hashtags and words on its timelines, and our own posts."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from rejoinder.channels import feed
from rejoinder.channels.contract import Heard, Post, TroubleError
from rejoinder.channels.feed import Feed, Item, Page, Seen
from rejoinder.channels.mastodon import reading, shapes, welcome
from rejoinder.channels.mastodon.again import Again, Recent
from rejoinder.channels.mastodon.sending import STATUSES
from rejoinder.channels.mastodon.server import Query, Server, understood
from rejoinder.channels.mastodon.streaming import Stirred

NOTIFICATIONS, SEARCH = "/api/v1/notifications", "/api/v2/search"
TAG, PUBLIC = "/api/v1/timelines/tag/", "/api/v1/timelines/public"

PAGE = 40
# 100 polls are five minutes, in which the server allows 300 calls, replies among them
# (docs.joinmastodon.org, Rate limits): 100 for what names us, and in every second poll by turns 2
# for what is watched and 2 for what was heard before, and 20 for our own posts
# and 20 more for what became of them.
WATCHES = 1  # in one listening; they take turns
OWN = 5  # polls between two looks at what was posted on our account, by whatever client
MINE = 100  # of our own posts whose edits and deletions are followed
THREADS = 10  # looks at a thread in one listening, for its root
BEFORE_ALL = "0"  # where nothing public is there yet
GLANCE = 3  # pages of the public timeline in one listening; what is beyond is not heard

Thing = TypeVar("Thing")


class Cursor(Struct, omit_defaults=True):
    """How far an account was heard; `recent` is oldest first.

    `since` is the number of the newest notification, `public` that of the newest public post.
    `mine` are our own posts, which others in the house may change.
    `several` is False once the server turned out to give posts one at a time.
    """

    notified: Feed | None = None
    own: Feed | None = None
    watched: dict[str, Feed] = field(default_factory=dict)
    since: str = ""
    public: str = ""
    seen: list[str] = []
    recent: list[Recent] = []
    mine: list[Recent] = []
    turn: int = 0
    several: bool = True


class Listening:
    """One listening: each part adds what it found; trouble in one does not silence the others."""

    def __init__(
        self, server: Server, us: str, domain: str, watches: list[str], cursor: Cursor
    ) -> None:
        self._server = server
        self._us = us
        self._domain = domain
        self._watches = watches
        self._cursor = cursor
        self._seen = Seen(cursor.seen)
        self._statuses: dict[str, shapes.Status] = {}
        self._newest = ""
        self.stirred = Stirred()  # what a stream said happened
        self._posts: list[Post] = []
        self._troubles: list[TroubleError] = []

    def run(self) -> Heard:
        """What is new. Raises TroubleError when there was trouble and nothing was heard."""
        before = self._cursor
        after = Cursor(public=before.public, turn=before.turn + 1)
        after.recent, after.mine = list(before.recent), list(before.mine)
        after.several = before.several
        after.notified = self._follow(before.notified, self._notifications)
        settled = after.notified is not None and after.notified.gap is None
        after.since = (self._newest if settled else "") or before.since
        after.own = before.own
        if before.own is None or before.turn % OWN == 0:
            after.own = self._follow(before.own, self._own)
        watching = before.turn % 2 == 0 or bool(self.stirred.tags)
        after.watched = self._watch(after) if watching else before.watched
        changes = self._look_at_stirred(after)
        changes += [] if watching else self._look_again(after)
        if self._troubles and not self._posts and not changes:
            raise self._troubles[0]
        posts = self._placed(after)
        after.seen = self._seen.digests(2 + len(self._watches))
        feeds = [after.notified, after.own, *after.watched.values()]
        more = any(found is not None and found.gap for found in feeds)
        return Heard([*changes, *posts], msgspec.to_builtins(after), more=more)

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
        query: Query = {"types[]": ["mention"], **_page(cursor)}
        if self._cursor.since:
            query["since_id"] = self._cursor.since
        found = self._server.read(NOTIFICATIONS, list[shapes.Notification], query)
        if found and not cursor:
            self._newest = found[0].id
        # Servers that do not know the parameter send every type.
        mentions = [each for each in found if each.type == "mention" and each.status]
        items = [
            self._item(each.status, each.created_at, tagged=True)
            for each in mentions
            if each.status
        ]
        return Page(items, found[-1].id if len(found) >= PAGE else "")

    def _own(self, cursor: str) -> Page:
        path = f"/api/v1/accounts/{self._us}/statuses"
        query: Query = {"exclude_reblogs": "true", **_page(cursor)}
        return self._page(self._server.read(path, list[shapes.Timeline], query))

    def _watch(self, after: Cursor) -> dict[str, Feed]:
        watched = {w: f for w, f in self._cursor.watched.items() if w in self._watches}
        if any(not watch.startswith("#") for watch in self._watches):
            after.public = self._attempt(self._glance, after.public)
        new = [watch for watch in self._watches if watch not in watched]
        stirred = [watch for watch in watched if watch in self.stirred.tags]
        turn = in_turn(list(watched), WATCHES, self._cursor.turn // 2)
        for watch in dict.fromkeys([*new, *stirred, *turn]):
            fetch = self._tag if watch.startswith("#") else self._search
            found = self._follow(watched.get(watch), partial(fetch, watch))
            if found is not None:
                watched[watch] = found
        return watched

    def _tag(self, watch: str, cursor: str) -> Page:
        path = TAG + watch.removeprefix("#")
        found = self._server.read(path, list[shapes.Timeline], _page(cursor))
        return self._page(found, lambda status: welcome.may_hear(status, "tag"))

    def _search(self, phrase: str, cursor: str) -> Page:
        query: Query = {"q": f'"{phrase}"', "type": "statuses", **_page(cursor)}
        answer = self._server.look(SEARCH, query)
        if answer.status != 200:
            return Page([], "")  # nothing to search with there
        found = understood(answer, shapes.Found).statuses
        return self._page(found, lambda each: self._has(each, [phrase]))

    def _glance(self) -> str:
        """The newest of everybody's posts that the server knows; the number to go on from."""
        phrases = [watch for watch in self._watches if not watch.startswith("#")]
        since, cursor = self._cursor.public, ""
        newest = since
        for _ in range(GLANCE if since else 1):
            query = _page(cursor) | ({"since_id": since} if since else {})
            found = self._server.read(PUBLIC, list[shapes.Timeline], query)
            newest = found[0].id if found and not cursor else newest
            page = self._page(found, lambda each: self._has(each, phrases))
            new = [item.post for item in page.items if self._seen.add(item.post.external_id)]
            self._posts += reversed(new) if since else ()
            cursor = page.cursor
            if not cursor:
                break
        return newest or BEFORE_ALL

    def _has(self, status: shapes.Status, phrases: list[str]) -> bool:
        said = any(welcome.has(status, phrase) for phrase in phrases)
        return said and welcome.may_hear(status, "words")

    def _page(
        self,
        found: list[shapes.Timeline],
        wanted: Callable[[shapes.Status], bool] = lambda status: True,
    ) -> Page:
        """Those of a timeline that are somebody's own words."""
        said = [each for each in found if each.reblog is None]
        items = [
            self._item(each, each.created_at, tagged=self._names_us(each))
            for each in said
            if self._names_us(each) or wanted(each)
        ]
        return Page(items, found[-1].id if len(found) >= PAGE else "")

    def _names_us(self, status: shapes.Status) -> bool:
        named = any(each.id == self._us for each in status.mentions)
        return named or status.in_reply_to_account_id == self._us

    def _item(self, status: shapes.Status, at: str, *, tagged: bool) -> Item:
        self._statuses[status.uri] = status
        post = reading.post(status, self._us, self._domain, tagged=tagged)
        moment = reading.moment(at) or post.created_at
        return Item(post, moment.timestamp() if moment else feed.NEVER)

    def _look_at_stirred(self, after: Cursor) -> list[Post]:
        """Edits and deletions of which a stream told."""
        if not self.stirred.posts:
            return []
        again = Again(self._server, after.recent, 0, several=after.several)
        changes = self._attempt(lambda: again.of(self.stirred.posts), list[Post | shapes.Status]())
        after.recent = again.recent
        return self._told(changes)

    def _look_again(self, after: Cursor) -> list[Post]:
        """Edits and deletions of what was heard before; not while the server is in trouble."""
        if self._troubles:
            return []
        turn = self._cursor.turn // 2
        again = Again(self._server, after.recent, turn, several=after.several)
        changes = self._attempt(again.changes, list[Post | shapes.Status]())
        after.recent, after.several = again.recent, again.several
        if turn % OWN == 0:
            ours = Again(self._server, after.mine, turn // OWN, several=after.several)
            changes += self._attempt(ours.changes, list[Post | shapes.Status]())
            after.mine = ours.recent
        return self._told(changes)

    def _told(self, changes: list[Post | shapes.Status]) -> list[Post]:
        return [
            change
            if isinstance(change, Post)
            else reading.post(change, self._us, self._domain, kind="edit")
            for change in changes
        ]

    def _placed(self, after: Cursor) -> list[Post]:
        """Each post with what it answers and the root of its thread; all are remembered."""
        places = {each.id: each for each in after.recent}
        looks = iter(range(THREADS))
        placed = []
        for post in self._posts:
            status = self._statuses[post.external_id]
            parent, root = self._above(status, places, looks)
            placed.append(replace(post, in_reply_to=parent, root=root))
            place = Recent(status.id, status.uri, reading.version(status), root or "")
            places[status.id] = place
            (after.mine if post.ours else after.recent).append(place)
        after.recent = after.recent[-Again.RECENT :]
        after.mine = after.mine[-MINE:]
        return placed

    def _above(
        self, status: shapes.Status, places: dict[str, Recent], looks: Iterator[int]
    ) -> tuple[str | None, str | None]:
        """The address of what a post answers, and of the root; asks for a thread nobody knows."""
        above = status.in_reply_to_id
        if not above:
            return None, status.uri
        if (known := places.get(above)) and known.root:
            return known.uri, known.root
        if next(looks, None) is None:
            return known.uri if known else None, None
        path = f"{STATUSES}/{status.id}/context"
        ancestors = self._attempt(
            lambda: self._server.read(path, shapes.Context).ancestors, list[shapes.Status]()
        )
        for each in ancestors:  # others answer these too
            places[each.id] = Recent(each.id, each.uri, "", ancestors[0].uri)
        return (ancestors[-1].uri, ancestors[0].uri) if ancestors else (None, None)

    def _attempt(self, part: Callable[[], Thing], otherwise: Thing) -> Thing:
        try:
            return part()
        except TroubleError as trouble:
            self._troubles.append(trouble)
            return otherwise


def in_turn(things: list[Thing], size: int, turn: int) -> list[Thing]:
    """The `size` things whose turn it is; all of them when they fit."""
    if len(things) <= size:
        return list(things)
    first = turn * size % len(things)
    return (things + things)[first : first + size]


def _page(cursor: str) -> Query:
    return {"limit": PAGE, "max_id": cursor} if cursor else {"limit": PAGE}
