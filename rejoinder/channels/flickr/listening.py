"""Hearing Flickr: once an hour on which photos something happened, then the comments on those.

Flickr asks not to be polled for activity more than once an hour. Comments that are changed or
taken back show in no activity, so the photos of the last days are read again each time.
"""

from math import ceil
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from rejoinder.channels.contract import Heard, Kind, Post
from rejoinder.channels.flickr import reading, shapes
from rejoinder.channels.flickr.session import PHOTO_GONE, RefusedError, Session
from rejoinder.plumbing import clock

PHOTOS = 100  # followed, those on which something happened last
COMMENTS = 1000  # of each that are known
PAGES = 10  # of 50 photos, in one listening
PAGE = 50
FIRST = "2d"


class Known(NamedTuple):
    """A comment that was heard: the mark of its words, the second it was written."""

    mark: str
    at: int


class Photo(Struct, omit_defaults=True):
    """What is known of a photo; comments from before `floor` are the past."""

    floor: int
    known: dict[str, Known] = {}


class Cursor(Struct, omit_defaults=True):
    """How far an account was heard; photos on which something happened last stand last."""

    asked: float = 0.0
    since: int = 0
    photos: dict[str, Photo] = {}


class Listening:
    """One listening."""

    def __init__(self, session: Session, us: str, cursor: Cursor) -> None:
        self._session = session
        self._us = us
        self._cursor = cursor
        self._now = clock.now().timestamp()

    def run(self) -> Heard:
        """What is new. Raises TroubleError, and nothing is moved on."""
        since = self._cursor.since or int(self._now)
        photos = dict(self._cursor.photos)
        for number in self._active():
            photos[number] = photos.pop(number, Photo(floor=since))
        kept = dict(list(photos.items())[-PHOTOS:])
        posts: list[Post] = []
        for number, photo in kept.items():
            found, kept[number] = self._read(number, photo)
            posts += found
        if not self._cursor.since:
            posts = []
        posts.sort(key=lambda post: post.created_at.timestamp() if post.created_at else 0.0)
        after = Cursor(asked=self._now, since=since, photos=kept)
        return Heard(posts, msgspec.to_builtins(after))

    def _active(self) -> list[str]:
        """The photos on which something happened since we asked, most recent last."""
        found: list[str] = []
        for page in range(1, PAGES + 1):
            items = self._session.read(
                "flickr.activity.userPhotos",
                shapes.Activity,
                timeframe=self._frame(),
                per_page=str(PAGE),
                page=str(page),
            ).items
            found += [each.id for each in items.item if each.type == "photo"]
            if page >= int(items.pages):
                break
        return list(reversed(dict.fromkeys(found)))

    def _frame(self) -> str:
        """From a little before we asked last, in hours, or in days where those are many."""
        if not self._cursor.asked:
            return FIRST
        hours = ceil((self._now - self._cursor.asked) / 3600) + 1
        return f"{hours}h" if hours <= 48 else f"{ceil(hours / 24)}d"

    def _read(self, number: str, photo: Photo) -> tuple[list[Post], Photo]:
        comments = self._comments(number)
        posts: list[Post] = []
        known: dict[str, Known] = {}
        heard = zip(comments, reading.posts(comments, number, self._us), strict=True)
        for comment, post in heard:
            before = photo.known.get(comment.id)
            if before is None and reading.second(comment) < photo.floor and self._cursor.since:
                continue
            known[comment.id] = Known(reading.mark(comment), reading.second(comment))
            if before is None or before.mark != known[comment.id].mark:
                kind: Kind = "post" if before is None else "edit"
                posts.append(msgspec.structs.replace(post, kind=kind))
        gone = [each for each in photo.known if each not in known]
        posts += [Post(external_id=each, kind="delete") for each in gone]
        return posts, _trimmed(photo.floor, known)

    def _comments(self, number: str) -> list[shapes.Comment]:
        try:
            found = self._session.read(
                "flickr.photos.comments.getList", shapes.CommentList, photo_id=number
            )
        except RefusedError as refused:
            if refused.code == PHOTO_GONE:
                return []
            raise
        return found.comments.comment


def _trimmed(floor: int, known: dict[str, Known]) -> Photo:
    """With the newest alone; the past begins above the others."""
    forgotten = list(known.values())[:-COMMENTS]
    floor = max([floor, *(each.at + 1 for each in forgotten)])
    kept = list(known.items())[-COMMENTS:]
    return Photo(floor=floor, known=dict(kept))


def listen(session: Session, us: str, cursor: dict[str, Any], hourly: float) -> Heard:
    """What is new, if an hour has passed. Raises TroubleError."""
    known = msgspec.convert(cursor, Cursor)
    if clock.now().timestamp() - known.asked < hourly:
        return Heard([], cursor)
    return Listening(session, us, known).run()
