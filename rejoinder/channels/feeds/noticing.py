"""What of a feed is new, was changed or is gone, from what is known of it. Pure.

A feed shows its newest entries and tells nobody of those that drop out at its end. So an entry is
gone only where a tombstone says so (RFC 6721), or where it vanished from above one that still
stands and its page is gone too.
"""

import re
from collections.abc import Callable, Sequence
from hashlib import blake2s
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from rejoinder.channels.contract import Kind, Post
from rejoinder.channels.feeds.shapes import Document, Entry

KEPT = 500  # entries of a feed that are known after they dropped out of it
GONE = "-"  # in the place of a mark
_SKIP = ""  # the mark of an entry that is none of ours


class Known(NamedTuple):
    """An entry that was seen: the mark of its words, the first of its thread, its page."""

    mark: str
    root: str
    url: str


class State(Struct, omit_defaults=True):
    """How far one feed was read; `known` by name, `listed` as it was last shown, newest first."""

    etag: str = ""
    modified: str = ""
    due: float = 0.0
    fails: int = 0
    moved: str = ""
    begun: bool = False
    known: dict[str, Known] = {}
    listed: list[str] = []


class Taste(Struct, frozen=True):
    """What of a feed is heard: with `words`, entries that have one of them or name our `sites`."""

    words: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    def tags(self, entry: Entry) -> bool:
        """Whether it is to us: a whole feed was chosen, or it names our site."""
        said = f"{entry.title} {entry.text} {entry.markup}".lower()
        return not self.words or any(site in said for site in self.sites)

    def takes(self, entry: Entry) -> bool:
        """Whether it is about us."""
        said = f"{entry.title} {entry.text}".casefold()
        return self.tags(entry) or any(
            re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", said) for word in self.words
        )


def name(feed: str, identity: str) -> str:
    """An entry as the desk knows it: no feed can speak of another's."""
    host = (urlsplit(feed).hostname or "")[:100]
    digest = blake2s(f"{feed}\0{identity}".encode(errors="replace"), digest_size=10).hexdigest()
    return f"{host}/{digest}"


class Look:
    """One look at a feed: `posts`, oldest first, what is `known` after it, and what is `listed`."""

    def __init__(self, feed: str, state: State, document: Document, taste: Taste) -> None:
        self._feed = feed
        self._state = state
        self._document = document
        self._taste = taste
        self.posts: list[Post] = []
        self.known = dict(state.known)
        self.listed: list[str] = []

    def run(self, is_gone: Callable[[str], bool]) -> "Look":
        """Compare; `is_gone` asks whether a page is there no more, of few."""
        shown: dict[str, None] = {}
        for entry in reversed(self._document.entries):
            named = name(self._feed, entry.id or f"{entry.title}\0{entry.text}")
            if named not in shown:
                shown[named] = None
                self._hear(named, entry)
        for named in self._gone(shown, is_gone):
            self.posts.append(Post(external_id=named, kind="delete"))
            self.known[named] = self.known[named]._replace(mark=GONE)
        self.known = _remembered(self.known, shown)
        self.listed = list(reversed(shown))
        return self

    def _hear(self, named: str, entry: Entry) -> None:
        before = self.known.pop(named, None)
        mark = _mark(entry) if self._taste.takes(entry) else _SKIP
        parent = name(self._feed, entry.parent) if entry.parent else ""
        above = self.known.get(parent)
        root = (above.root if above else parent) or named
        self.known[named] = Known(mark, root, entry.url[:500])
        if mark == _SKIP or not self._state.begun or (before and before.mark == mark):
            return
        kind: Kind = "post" if before is None or before.mark == _SKIP else "edit"
        post = self._post(entry, named)
        place = msgspec.structs.replace(post, kind=kind, in_reply_to=parent or None, root=root)
        self.posts.append(place)

    def _gone(self, shown: dict[str, None], is_gone: Callable[[str], bool]) -> list[str]:
        told = [name(self._feed, each) for each in self._document.removed]
        before = self._state.listed
        last = max((at for at, each in enumerate(before) if each in shown), default=0)
        vanished = [each for each in before[:last] if each not in shown and each not in told]
        asked = [each for each in vanished if each in self.known and is_gone(self.known[each].url)]
        stood = dict.fromkeys(each for each in (*told, *asked) if each in self.known)
        return [each for each in stood if self.known[each].mark not in {GONE, _SKIP}]

    def _post(self, entry: Entry, named: str) -> Post:
        host = urlsplit(entry.url or self._feed).hostname or ""
        return Post(
            external_id=named,
            author_id=f"{host}/{entry.author}"[:300] if entry.author else host,
            handle=f"{entry.author}@{host}"[:300] if entry.author else host,
            name=entry.author or host,
            text=said(entry),
            created_at=entry.at,
            tagged=self._taste.tags(entry),
            url=entry.url or self._feed,
            language=entry.language,
            ref={"url": entry.url or self._feed},
        )


def _remembered(known: dict[str, Known], listed: dict[str, None]) -> dict[str, Known]:
    """Those that are shown, and the last of the others; their pages are needed no more."""
    dropped = [each for each in known if each not in listed][-KEPT:]
    kept = {each: known[each]._replace(url="") for each in dropped}
    return kept | {each: known[each] for each in listed}


def _mark(entry: Entry) -> str:
    said = f"{entry.title}\0{entry.text}".encode(errors="replace")
    return blake2s(said, digest_size=6).hexdigest()


def said(entry: Entry) -> str:
    """Title and words; a title that only repeats how the words begin is left out."""
    start = entry.title.rstrip("….").strip()
    if not start or entry.text.startswith(start):
        return entry.text or entry.title
    return f"{entry.title}\n\n{entry.text}".strip()


def split(typed: str) -> Sequence[str]:
    """What was filled in, by commas, semicolons or lines."""
    return tuple(each.strip() for each in re.split(r"[,;\n]", typed) if each.strip())
