"""Hearing an account by asking: comments on our newest media, pictures that tag us, messages.

Comments are read where their number or the newest of them changed, so that a quiet round is two
calls. Webhooks bring the same sooner, and mentions below others' media; what both bring has one id.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.channels import lenient
from rejoinder.channels.contract import Heard, Kind, Post
from rejoinder.channels.graph import session
from rejoinder.channels.graph.reading import HIDDEN, mark
from rejoinder.channels.graph.session import Query, Session
from rejoinder.channels.graph.shapes import Person
from rejoinder.channels.instagram import reading, shapes
from rejoinder.channels.instagram.asking import COMMENT
from rejoinder.channels.instagram.below import Below, Seen, due
from rejoinder.channels.instagram.reading import Us
from rejoinder.plumbing import clock

MEDIA = 50  # the newest ones, whose comments are read
NEWEST = 5  # comments of each, by which a change is seen
LOOKS = 20  # at what should be there and is not, in one listening
KNOWN = 2000  # heard ones that are followed
TAGS, FIRST_TAGS = 25, 100
TALKS = 25
MESSAGES = 20  # of a conversation; Instagram tells no more of it
SHOWN = f"id,permalink,comments_count,comments.limit({NEWEST}){{id,timestamp,hidden}}"
TAGGED = "id,caption,timestamp,permalink,username,media_type,media_url"
TALK = f"id,participants,messages.limit({MESSAGES}){{id,message,from,created_time,attachments}}"
TAG = "tag"


class Known(Struct, omit_defaults=True):
    """What was heard: when it was written, on what, below which comment, the mark of a caption or
    of a comment that is hidden.

    `looked` is when it was missing and looked for.
    """

    at: str
    on: str = ""
    top: str = ""
    mark: str = ""
    looked: str = ""


class Cursor(Struct, omit_defaults=True):
    """How far an account was heard. What is unknown and not younger than `floor` is the past."""

    since: str = ""
    floor: str = ""
    known: dict[str, Known] = {}
    seen: dict[str, Seen] = {}


class Listening:
    """One listening."""

    def __init__(self, way: Session, us: Us, cursor: Cursor) -> None:
        self._way = way
        self._us = us
        self._first = not cursor.since
        self._now = clock.now().strftime("%Y-%m-%dT%H:%M:%S+0000")
        self._since = cursor.since or self._now
        self._floor = cursor.floor
        self._known = dict(cursor.known)
        self._seen = dict(cursor.seen)
        self._posts: list[Post] = []

    def run(self, *, messages: bool) -> Heard:
        """What is new. Raises TroubleError, and nothing is moved on."""
        query: Query = {"fields": SHOWN, "limit": MEDIA}
        listed = self._way.read(f"{self._us.id}/media", shapes.Medias, query).data
        missing = [number for media in listed for number in self._media(media)]
        self._look(missing)
        self._seen = {media.id: self._seen[media.id] for media in listed if media.id in self._seen}
        self._tags()
        if messages:
            self._messages()
        posts = [] if self._first else self._posts
        posts.sort(key=lambda post: post.created_at or datetime.min.replace(tzinfo=UTC))
        return Heard(posts, msgspec.to_builtins(self._cursor()), observed=self._way.told)

    def _cursor(self) -> Cursor:
        kept = sorted(self._known.items(), key=lambda pair: pair[1].at)
        dropped = kept[:-KNOWN]
        floor = dropped[-1][1].at if dropped else self._floor
        return Cursor(self._since, floor, dict(kept[-KNOWN:]), self._seen)

    def _media(self, media: shapes.Media) -> list[str]:
        """Hear what stands below a picture of ours; the ids of known ones that are not shown."""
        top = media.comments.data if media.comments else []
        newest = ",".join(said.id + (HIDDEN if said.hidden else "") for said in top)
        words, seen = mark(f"{media.comments_count}:{newest}"), self._seen.get(media.id)
        if self._first:
            self._seen[media.id] = Seen(words, self._now)
            for said in top:
                words = HIDDEN if said.hidden else ""
                self._known[said.id] = Known(said.timestamp, media.id, mark=words)
            return []
        followed = any(known.on == media.id for known in self._known.values())
        what = due(seen, words, clock.now(), followed=followed)
        if not what:
            return []
        below, shown = Below(self._way, media.id), set[str]()
        for said in below.newest(seen) if seen and what == "newest" else below.all():
            shown.add(said.id)
            self._comment(said, media.id, media.permalink)
        if seen and what == "newest":
            self._seen[media.id] = replace(seen, newest=words, ends=seen.ends | below.ends)
            return []
        self._seen[media.id] = Seen(words, self._now, below.pages, ends=below.ends)
        if not below.is_whole:
            return []  # what was not reached is not missing
        return [n for n, known in self._known.items() if known.on == media.id and n not in shown]

    def _comment(self, said: shapes.Comment, on: str, link: str = "") -> None:
        """Hear what is new, and whether others see it; nobody changes the words of a comment."""
        words = HIDDEN if said.hidden else ""
        if kind := self._kind(said.id, said.timestamp, on, words, top=said.parent_id):
            self._posts.append(reading.comment(said, self._us, link, kind))

    def _look(self, missing: list[str]) -> None:
        """What is not shown is gone or hidden: what was not looked for the longest comes first.

        With a comment its replies are gone.
        """
        waiting = sorted(missing, key=self._order)
        looked = 0
        for number in waiting:
            known = self._known.get(number)
            if known is None:
                continue  # went with what it stood below
            if looked == LOOKS:
                self._seen.pop(known.on, None)  # read again next time
                continue
            looked += 1
            answer = self._way.look(number, {"fields": COMMENT})
            if session.is_gone(answer):
                gone = [n for n, each in self._known.items() if number in {n, each.top}]
                for each in gone:
                    del self._known[each]
                    self._posts.append(Post(external_id=each, kind="delete"))
                continue
            if answer.status == 200:
                said = lenient.understood(answer, shapes.Comment, self._way.who.name)
                self._comment(replace(said, id=number, parent_id=known.top), known.on)
            self._known[number] = replace(self._known[number], looked=self._now)

    def _order(self, number: str) -> tuple[str, bool]:
        """Comments before replies, since these may go with them."""
        known = self._known[number]
        return known.looked, bool(known.top)

    def _tags(self) -> None:
        """Others' pictures that tag us. One that is gone twice is taken for deleted."""
        query: Query = {"fields": TAGGED, "limit": FIRST_TAGS if self._first else TAGS}
        page = self._way.read(f"{self._us.id}/tags", shapes.Medias, query)
        for shown in page.data:
            kind = self._kind(shown.id, shown.timestamp, TAG, mark(shown.caption), late=True)
            if kind:
                self._posts.append(reading.caption(shown, self._us, kind))
        there = {shown.id for shown in page.data}
        for number, known in list(self._known.items()):
            if known.on != TAG or number in there or page.paging.next:
                continue
            if known.looked:
                del self._known[number]
                self._posts.append(Post(external_id=number, kind="delete"))
            else:
                self._known[number] = replace(known, looked=self._now)

    def _messages(self) -> None:
        query: Query = {"platform": "instagram", "fields": TALK, "limit": TALKS}
        for talk in self._way.read("me/conversations", shapes.Talks, query).data:
            people = (p for p in talk.participants.data if not self._us.wrote(p))
            other = next(people, Person())
            for said in talk.messages.data if talk.messages else ():
                if self._kind(said.id, said.created_time, "") == "post":
                    self._posts.append(reading.message(said, self._us, other))

    def _kind(  # all that is kept of what was heard
        self,
        number: str,
        at: str,
        on: str,
        words: str = "",
        *,
        top: str = "",
        late: bool = False,
    ) -> Kind | None:
        """Whether this is new, changed, or neither; it is known from now on.

        What comes `late` is new whenever it was written, as old pictures are tagged too.
        """
        known = self._known.get(number)
        if known is None and not self._first and self._floor and at <= self._floor:
            return None
        self._known[number] = Known(at, on, top, words)
        if known is None:
            return "post" if late or at >= self._since else None
        return None if known.mark == words else "edit"


def listen(way: Session, us: Us, cursor: dict[str, Any], *, messages: bool) -> Heard:
    """What is new. Raises TroubleError."""
    return Listening(way, us, msgspec.convert(cursor, Cursor)).run(messages=messages)
