"""Reading what stands below a picture of ours: all of it, or only where something new can be.

Reading all takes a call for each 50 comments and for each 50 replies of a thread, so a picture with
many rests between two such readings. Meanwhile its newest comments are read, and what came to its
long threads since their end.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.channels import lenient
from rejoinder.channels.graph import session
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.session import Query, Session
from rejoinder.channels.graph.shapes import Paging
from rejoinder.channels.instagram import shapes
from rejoinder.channels.instagram.asking import COMMENT

PAGE = 50  # comments in one answer; Instagram gives no more
PAGES = 200  # in one reading of all
FREE = 10  # pages of a reading that may be done again at once
REST = 10  # seconds before the next reading of all, for each page beyond
AGAIN = timedelta(hours=1)  # until all is read again though nothing seems to have changed
ENDS = 5  # long threads whose end is kept, those of the newest comments
COMMENTS = f"{COMMENT},replies.limit({PAGE}){{{COMMENT}}}"


class Seen(Struct, omit_defaults=True):
    """How the comments of a picture looked when all were read, when that was, and how many pages.

    `newest` is how they looked when the newest were; `ends` is where long threads went on from.
    """

    mark: str
    at: str
    pages: int = 0
    newest: str = ""
    ends: dict[str, str] = {}


def due(
    seen: Seen | None, words: str, now: datetime, *, followed: bool
) -> Literal["all", "newest", ""]:
    """What is to be read of a picture that looks like `words` now.

    Where the desk has heard some of it (`followed`), all is read once an hour at least.
    """
    at = moment(seen.at) if seen else None
    if seen is None or at is None:
        return "all"
    if seen.mark == words and not (followed and now - at > AGAIN):
        return ""
    if now - at >= timedelta(seconds=REST * max(0, seen.pages - FREE)):
        return "all"
    return "" if seen.newest == words else "newest"


class Below:
    """One reading of one picture. What it yields last came is known once it is through."""

    def __init__(self, way: Session, media: str) -> None:
        self._way = way
        self._media = media
        self.pages = 0
        self.ends: dict[str, str] = {}

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left for another time."""
        return self.pages < PAGES

    def all(self) -> Iterator[shapes.Comment]:
        """All comments, and all replies to each. Raises TroubleError."""
        after = ""
        while self.is_whole:
            page = self._page(f"{self._media}/comments", COMMENTS, after)
            for said in page.data if page else ():
                yield said
                yield from self._replies(said)
            after = _next(page.paging) if page else ""
            if not after:
                return

    def newest(self, seen: Seen) -> Iterator[shapes.Comment]:
        """The newest comments with their first replies, and the ends of long threads."""
        page = self._page(f"{self._media}/comments", COMMENTS)
        for said in page.data if page else ():
            yield said
            yield from _replied(said.replies, said.id)
        for number, after in seen.ends.items():
            yield from self._thread(number, after)

    def _replies(self, said: shapes.Comment) -> Iterator[shapes.Comment]:
        yield from _replied(said.replies, said.id)
        if said.replies and (after := _next(said.replies.paging)):
            yield from self._thread(said.id, after)

    def _thread(self, number: str, after: str) -> Iterator[shapes.Comment]:
        """Its replies after this one."""
        while after and self.is_whole:
            page = self._page(f"{number}/replies", COMMENT, after)
            if page is None:
                return  # the comment went while its thread was read
            yield from _replied(page, number)
            if number in self.ends or len(self.ends) < ENDS:
                self.ends[number] = page.paging.cursors.after or after
            after = _next(page.paging)

    def _page(self, path: str, fields: str, after: str = "") -> shapes.Comments | None:
        """None where what it belongs to is gone."""
        self.pages += 1
        query: Query = {"fields": fields, "limit": PAGE}
        if after:
            query["after"] = after
        answer = self._way.look(path, query)
        if session.is_gone(answer):
            return None
        if answer.status != 200:
            raise session.trouble(answer, self._way.who)
        return lenient.understood(answer, shapes.Comments, self._way.who.name)


def _next(paging: Paging) -> str:
    return paging.cursors.after if paging.next else ""


def _replied(page: shapes.Comments | None, number: str) -> Iterator[shapes.Comment]:
    for said in page.data if page else ():
        yield replace(said, parent_id=number)
