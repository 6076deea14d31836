"""Hearing a Page by asking: its newest posts with their comments, posts that tag it, messages.

Webhooks bring the same sooner; what both bring has one id.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.channels import lenient
from rejoinder.channels.contract import Heard, Kind, Post
from rejoinder.channels.facebook import reading, shapes
from rejoinder.channels.graph import session
from rejoinder.channels.graph.reading import mark
from rejoinder.channels.graph.session import Query, Session
from rejoinder.plumbing import clock

POSTS = 25  # the newest ones, whose comments are read
PAGE = 100
PAGES = 50  # of one post's comments, in one listening
LOOKS = 20  # at what should be there and is not, in one listening
KNOWN = 2000  # heard ones whose changes are followed
TALKS = 25
MESSAGES = 20
COMMENT = "id,message,from,created_time,permalink_url,parent{id},attachment,is_hidden"
MESSAGE = "id,message,from,created_time"
NEWEST = f"comments.filter(stream).order(reverse_chronological).limit({PAGE}){{{COMMENT}}}"
ENTRY = f"id,message,from,created_time,permalink_url,{NEWEST}"
TALK = f"id,participants,messages.limit({MESSAGES}){{{MESSAGE}}}"


class Known(Struct, omit_defaults=True):
    """What was heard: the mark of its words, when it was written, the post it stands on."""

    mark: str
    at: str
    on: str = ""


class Cursor(Struct, omit_defaults=True):
    """How far a Page was heard. What is unknown and not younger than `floor` is the past."""

    since: str = ""
    floor: str = ""
    known: dict[str, Known] = {}


class Listening:
    """One listening."""

    def __init__(self, way: Session, us: str, cursor: Cursor) -> None:
        self._way = way
        self._us = us
        self._first = not cursor.since
        self._since = cursor.since or clock.now().strftime("%Y-%m-%dT%H:%M:%S+0000")
        self._floor = cursor.floor
        self._known = dict(cursor.known)
        self._posts: list[Post] = []

    def run(self, *, messages: bool) -> Heard:
        """What is new. Raises TroubleError, and nothing is moved on."""
        query: Query = {"fields": ENTRY, "limit": POSTS}
        found = [
            entry
            for edge in ("feed", "tagged")
            for entry in self._way.read(f"{self._us}/{edge}", shapes.Feed, query).data
        ]
        entries = {entry.id: entry for entry in found}.values()
        missing = [number for entry in entries for number in self._entry(entry)]
        for number in missing[:LOOKS]:
            if session.is_gone(self._way.look(number, {"fields": "id"})):
                del self._known[number]
                self._posts.append(Post(external_id=number, kind="delete"))
        if messages:
            self._messages()
        posts = [] if self._first else self._posts
        posts.sort(key=lambda post: post.created_at or datetime.min.replace(tzinfo=UTC))
        return Heard(posts, msgspec.to_builtins(self._cursor()), observed=self._way.told)

    def _cursor(self) -> Cursor:
        kept = sorted(self._known.items(), key=lambda pair: pair[1].at)
        dropped = kept[:-KNOWN]
        floor = dropped[-1][1].at if dropped else self._floor
        return Cursor(since=self._since, floor=floor, known=dict(kept[-KNOWN:]))

    def _entry(self, entry: shapes.Entry) -> list[str]:
        """Hear a post and what stands below it; the ids of known ones that are not shown."""
        if entry.from_.id != self._us and (
            kind := self._kind(entry.id, mark(entry.message), entry.created_time, "")
        ):
            self._posts.append(reading.entry(entry, self._us, kind))
        page = entry.comments or shapes.Comments([])
        shown = list(page.data)
        number = 1
        while self._goes_on(page) and number < PAGES:
            query: Query = {"fields": COMMENT, "filter": "stream", "limit": PAGE}
            query |= {"order": "reverse_chronological", "after": page.paging.cursors.after}
            page = self._way.read(f"{entry.id}/comments", shapes.Comments, query)
            shown += page.data
            number += 1
        for said in shown:
            words = mark(said.message, hidden=bool(said.is_hidden))
            if kind := self._kind(said.id, words, said.created_time, entry.id):
                self._posts.append(reading.comment(said, self._us, kind, below=entry))
        there = {said.id for said in shown}
        bottom = min((said.created_time for said in shown), default="") if page.paging.next else ""
        return [
            number
            for number, known in self._known.items()
            if known.on == entry.id and known.at > bottom and number not in there
        ]

    def _goes_on(self, page: shapes.Comments | shapes.Messages) -> bool:
        """Whether what a list shows next may be new too."""
        if self._first or not page.paging.next or not page.data:
            return False
        return not any(
            each.id in self._known or each.created_time < self._since for each in page.data
        )

    def _kind(self, number: str, words: str, at: str, on: str) -> Kind | None:
        """Whether what has this mark is new, changed, or neither; it is known from now on."""
        known = self._known.get(number)
        if known is None and not self._first and self._floor and at <= self._floor:
            return None
        self._known[number] = Known(words, at, on)
        if known is None:
            return "post" if at >= self._since else None
        return None if known.mark == words else "edit"

    def _messages(self) -> None:
        query: Query = {"platform": "messenger", "fields": TALK, "limit": TALKS}
        for talk in self._way.read(f"{self._us}/conversations", shapes.Conversations, query).data:
            page = talk.messages or shapes.Messages([])
            shown = list(page.data)
            number = 1
            while self._goes_on(page) and number < PAGES:
                more: Query = {"fields": MESSAGE, "limit": PAGE}
                more["after"] = page.paging.cursors.after
                page = self._way.read(f"{talk.id}/messages", shapes.Messages, more)
                shown += page.data
                number += 1
            other = next((p.id for p in talk.participants.data if p.id != self._us), "")
            for said in shown:
                if self._kind(said.id, mark(said.message), said.created_time, "") == "post":
                    self._posts.append(reading.message(said, self._us, other))


def listen(way: Session, us: str, cursor: dict[str, Any], *, messages: bool) -> Heard:
    """What is new. Raises TroubleError."""
    return Listening(way, us, msgspec.convert(cursor, Cursor)).run(messages=messages)


def author(way: Session, number: str) -> str:
    """Who wrote a post; nobody where it is gone or hides them. Raises TroubleError."""
    answer = way.look(number, {"fields": "id,from"})
    if session.is_gone(answer):
        return ""
    if answer.status != 200:
        raise session.trouble(answer, way.who)
    return lenient.understood(answer, shapes.Entry, way.who.name).from_.id
