"""Reading the feeds whose turn it is: politely, and none silenced by another's trouble."""

import logging
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.channels import rate_headers
from rejoinder.channels.contract import Heard, Http, Post, TroubleError
from rejoinder.channels.feeds import fetching, noticing, parsing
from rejoinder.channels.feeds.noticing import State, Taste
from rejoinder.channels.feeds.shapes import Document
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer

DAY = 86_400.0
HOUR = 3600.0
FRESH = 60.0  # seconds in which a version may still change
PAGES = 5  # of one feed, in one reading
LOOKS = 5  # at pages of entries that vanished, in one reading
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)

_log = logging.getLogger(__name__)


class Cursor(Struct, omit_defaults=True):
    """How far each feed was read, by its address as it was filled in."""

    feeds: dict[str, State] = {}


class Reader:
    """One round over the feeds."""

    def __init__(self, http: Http, taste: Taste, every: float) -> None:
        self._http = http
        self._taste = taste
        self._every = every  # seconds between two looks at a feed
        self._looks = LOOKS

    def run(self, urls: tuple[str, ...], cursor: dict[str, Any]) -> Heard:
        """What is new. Raises TroubleError where none of the feeds could be read."""
        known = msgspec.convert(cursor, Cursor).feeds
        after = {url: known.get(url, State()) for url in urls}
        posts: list[Post] = []
        troubles: list[TroubleError] = []
        now = clock.now().timestamp()
        for url, state in after.items():
            if state.due <= now:
                try:
                    found, after[url] = self.read(url, state)
                    posts += found
                except TroubleError as trouble:
                    troubles.append(trouble)
                    after[url] = _later(state, trouble, self._every, now)
                    _log.warning("%s", trouble.words)
        if troubles and all(state.fails for state in after.values()):
            raise troubles[0]
        return Heard(posts, msgspec.to_builtins(Cursor(after)))

    def read(self, url: str, state: State) -> tuple[list[Post], State]:
        """One feed, if it changed. Raises TroubleError."""
        fetched = fetching.fetch(self._http, state.moved or url, _asked(state))
        answer = fetched.answer
        now = clock.now().timestamp()
        moved = fetched.url if fetched.moved else state.moved
        if answer.status == 304 and state.begun:
            unchanged = msgspec.structs.replace(state, due=now + self._every, fails=0, moved=moved)
            return [], unchanged
        if answer.status != 200:
            raise _refused(fetched)
        document = _document(fetched)
        wait = min(max(self._every, document.wait), max(self._every, HOUR))
        self._read_on(url, state, document)
        look = noticing.Look(url, state, document, self._taste).run(self._is_gone)
        etag, modified = _version(answer)
        return look.posts, State(
            etag=etag,
            modified=modified,
            due=now + wait,
            moved=moved,
            begun=True,
            known=look.known,
            listed=look.listed,
        )

    def _read_on(self, url: str, state: State, document: Document) -> None:
        """Further pages, where all that the first shows is new (RFC 5005)."""
        page = document
        for _ in range(PAGES - 1):
            names = [noticing.name(url, each.id) for each in page.entries]
            if not state.begun or not page.next or any(each in state.known for each in names):
                return
            page = _document(fetching.fetch(self._http, page.next, {"Accept": ACCEPT}))
            document.entries += page.entries

    def _is_gone(self, page: str) -> bool:
        """Whether nobody can read this page any more; when in doubt it stands."""
        if not page or self._looks <= 0:
            return False
        self._looks -= 1
        try:
            answer = fetching.fetch(self._http, page, {"Accept": "text/html"}).answer
        except TroubleError:
            return False
        return answer.status in {404, 410}


def _asked(state: State) -> dict[str, str]:
    """What the publisher told us of this version, so that it need not send it again."""
    header = {"Accept": ACCEPT}
    if state.etag:
        header["If-None-Match"] = state.etag
    if state.modified:
        header["If-Modified-Since"] = state.modified
    return header


def _version(answer: Answer) -> tuple[str, str]:
    """What names this version of the feed; nothing while it may change under the same name.

    WordPress and others name versions by the second of the last change, so that two changes in one
    second are one version (RFC 9110, 8.8.2.2).
    """
    modified = answer.header.get("last-modified", "")[:100]
    now = _second(answer.header.get("date", "")) or clock.now().timestamp()
    if now - _second(modified) < FRESH:
        return "", ""
    return answer.header.get("etag", "")[:500], modified


def _second(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def _document(fetched: fetching.Fetched) -> Document:
    if fetched.answer.cut:
        raise TroubleError(f"{fetched.url[:200]}: it is longer than the desk takes.", after=HOUR)
    try:
        return parsing.parse(fetched.answer.body, fetched.url)
    except parsing.NoFeedError as error:
        raise TroubleError(f"{fetched.url[:200]}: {error}.", after=300) from None


def _refused(fetched: fetching.Fetched) -> TroubleError:
    status = fetched.answer.status
    after = rate_headers.retry_after(fetched.answer.header, clock.now())
    words = f"{fetched.url[:200]} answered {status}."
    if status in {404, 410}:
        return TroubleError(f"{words} The feed is gone: take it out.", after=HOUR, permanent=True)
    return TroubleError(words, after=max(1.0, after) if after is not None else 300)


def _later(state: State, trouble: TroubleError, every: float, now: float) -> State:
    """The same state, looked at again after twice as long each time, a day at most."""
    wait = min(DAY, max(trouble.after, every * 2 ** min(state.fails, 10)))
    return msgspec.structs.replace(state, due=now + wait, fails=state.fails + 1)
