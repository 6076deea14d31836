"""Hearing YouTube: the newest threads each time, older and held ones in turn, within the units.

There is no stream and no search in what was said; each page of a list is a unit.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.channels.contract import Heard, Kind, Post, TroubleError
from rejoinder.channels.youtube import reading, shapes, units
from rejoinder.channels.youtube.session import Query, Session
from rejoinder.plumbing import clock

PAGE = 100
PAGES = 5  # of the newest threads, in one listening
REPLIES = 10  # pages of one thread
IDS = 50  # threads that can be asked for by their ids
TURN = 5  # listenings between two looks at older and at held ones
THREADS = 300  # followed
HELD = "heldForReview"
PLAIN = {"textFormat": "plainText"}


class Known(Struct, omit_defaults=True):
    """A thread that was heard: the mark of its words, how many replies, the marks of those."""

    mark: str
    at: str
    count: int = 0
    replies: dict[str, str] = {}


class Cursor(Struct, omit_defaults=True):
    """How far an account was heard. What was written before `since` and is unknown is the past."""

    since: str = ""
    turn: int = 0
    day: str = ""
    spent: int = 0
    threads: dict[str, Known] = {}


class Listening:
    """One listening."""

    def __init__(self, session: Session, us: str, cursor: Cursor) -> None:
        self._session = session
        self._us = us
        self._cursor = cursor
        self._known = dict(cursor.threads)
        self._posts: list[Post] = []
        self._now = clock.now()
        self._since = cursor.since or self._now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def run(self) -> Heard:
        """What is new. Raises TroubleError, and nothing is moved on."""
        today = units.day(self._now)
        spent = self._cursor.spent if self._cursor.day == today else 0
        if spent >= units.LISTENING:
            words = "The units that a day has for hearing are used up. It goes on at midnight PT."
            raise TroubleError(words, after=units.until_anew(self._now))
        before = self._session.spent
        newest = self._newest()
        seen = set(newest)
        for thread in newest.values():
            self._take(thread)
        if self._cursor.turn % TURN == 0:
            seen |= self._held()
            self._older(seen)
        self._missing(newest)
        posts = self._posts if self._cursor.since else []
        posts.sort(key=lambda post: post.created_at or datetime.min.replace(tzinfo=UTC))
        kept = sorted(self._known.items(), key=lambda pair: pair[1].at)[-THREADS:]
        after = Cursor(
            since=self._since,
            turn=self._cursor.turn + 1,
            day=today,
            spent=spent + self._session.spent - before,
            threads=dict(kept),
        )
        return Heard(posts, msgspec.to_builtins(after))

    def _newest(self) -> dict[str, shapes.CommentThread]:
        """From the newest back to a page on which all are known."""
        found: dict[str, shapes.CommentThread] = {}
        token = ""
        for _ in range(PAGES if self._cursor.since else 1):
            more: Query = {"pageToken": token} if token else {}
            page = self._list({"order": "time"} | more)
            found |= {thread.id: thread for thread in page.items}
            token = page.next_page_token
            if not token or any(thread.id in self._known for thread in page.items):
                break
        return found

    def _held(self) -> set[str]:
        """Those that wait for a moderator; the page of its channel lets them be published."""
        page = self._list({"order": "time", "moderationStatus": HELD})
        for thread in page.items:
            thread.snippet.top_level_comment.snippet.moderation_status = HELD
            self._take(thread)
        return {thread.id for thread in page.items}

    def _older(self, seen: set[str]) -> None:
        """Some of those that the newest page does not show, whose turn it is."""
        older = sorted(number for number in self._known if number not in seen)
        start = self._cursor.turn // TURN * IDS % max(len(older), 1)
        self._again((older[start:] + older[:start])[:IDS])

    def _missing(self, newest: dict[str, shapes.CommentThread]) -> None:
        """Those that should be among the newest and are not."""
        if newest:
            bottom = min(
                thread.snippet.top_level_comment.snippet.published_at for thread in newest.values()
            )
            gone = [n for n, each in self._known.items() if each.at > bottom and n not in newest]
            self._again(gone[:IDS])

    def _again(self, numbers: list[str]) -> None:
        """Ask for these by their ids; what is not given is gone."""
        if not numbers:
            return
        query: Query = {"part": "snippet,replies", "id": ",".join(numbers), **PLAIN}
        page = self._session.read("commentThreads", shapes.Threads, query)
        there = {thread.id for thread in page.items}
        for thread in page.items:
            self._take(thread)
        if missing := [number for number in numbers if number not in there]:
            there |= self._held()  # nobody deleted what a moderator holds back
        for number in missing:
            if number not in there:
                gone = [number, *self._known.pop(number).replies]
                self._posts += [Post(external_id=each, kind="delete") for each in gone]

    def _take(self, thread: shapes.CommentThread) -> None:
        top = thread.snippet.top_level_comment
        known = self._known.get(thread.id)
        if known is None:
            known = Known(mark="", at=top.snippet.published_at)
            if top.snippet.published_at < self._since and self._cursor.since:
                known.mark = reading.mark(top)
        mark = reading.mark(top)
        if mark != known.mark:
            self._hear(top, "edit" if known.mark else "post")
        count = thread.snippet.total_reply_count
        replies, whole = self._replies(thread, known, count)
        marks = dict(known.replies)
        for reply in replies:
            reply.snippet.parent_id = reply.snippet.parent_id or thread.id
            reply.snippet.video_id = reply.snippet.video_id or thread.snippet.video_id
            self._hear_reply(reply, marks)
        if whole:
            there = {reply.id for reply in replies}
            for gone in [each for each in marks if each not in there]:
                del marks[gone]
                self._posts.append(Post(external_id=gone, kind="delete"))
        self._known[thread.id] = Known(mark=mark, at=known.at, count=count, replies=marks)

    def _replies(
        self, thread: shapes.CommentThread, known: Known, count: int
    ) -> tuple[list[shapes.Comment], bool]:
        """Those that came along, or all of them where their number changed; whether all."""
        shown = thread.replies.comments
        if count <= len(shown):
            return shown, True
        if count == known.count or not self._cursor.since:
            return shown, False
        found: list[shapes.Comment] = []
        query: Query = {"part": "snippet", "parentId": thread.id, "maxResults": PAGE, **PLAIN}
        for _ in range(REPLIES):
            page = self._session.read("comments", shapes.Comments, query)
            found += page.items
            if not page.next_page_token:
                return found, True
            query["pageToken"] = page.next_page_token
        return found, False

    def _hear_reply(self, reply: shapes.Comment, marks: dict[str, str]) -> None:
        before, mark = marks.get(reply.id), reading.mark(reply)
        marks[reply.id] = mark
        if before is None and reply.snippet.published_at < self._since:
            return
        if before != mark:
            self._hear(reply, "post" if before is None else "edit")

    def _hear(self, comment: shapes.Comment, kind: Kind) -> None:
        self._posts.append(reading.post(comment, self._us, kind))

    def _list(self, more: Query) -> shapes.Threads:
        query: Query = {
            "part": "snippet,replies",
            "allThreadsRelatedToChannelId": self._us,
            "maxResults": PAGE,
            **PLAIN,
        }
        return self._session.read("commentThreads", shapes.Threads, query | more)


def listen(session: Session, us: str, cursor: dict[str, Any]) -> Heard:
    """What is new. Raises TroubleError."""
    return Listening(session, us, msgspec.convert(cursor, Cursor)).run()
