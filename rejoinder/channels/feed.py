"""What of a feed's pages is new, so that nothing is skipped and nothing is heard twice. Pure.

A feed runs from new to old and is read back until what was reached before. Its order is by the
times its posts claim, so a post may arrive a little below the top: each reading goes back past
`OVERLAP`, and what was seen is known by its address. When there is more than one reading takes,
a gap is left and read on from there next time, before the top is looked at again.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2s

from msgspec import Struct

from rejoinder.channels.contract import Post

OVERLAP = 60.0  # seconds; how late a post may be indexed behind its neighbours
PAGES = 5  # of 100 posts, in one reading
SEEN = 500  # addresses remembered, and as many again for each feed

NEVER = -1e12  # seconds before 1970: earlier than the year 1, and a number in JSON


class Item(Struct):
    """A post and the moment its feed sorts it by, seconds since the epoch."""

    post: Post
    at: float


class Page(Struct):
    """One page and where the next one begins; an empty cursor is the end."""

    items: list[Item]
    cursor: str


class Gap(Struct, omit_defaults=True):
    """Where a reading stopped on its way back, and how far it has to go."""

    cursor: str
    floor: float


class Feed(Struct, omit_defaults=True):
    """How far one feed was heard. `bottom` is the oldest we knew at the start, None when all."""

    newest: float | None = None
    bottom: float | None = None
    gap: Gap | None = None


class Seen:
    """The addresses met last, as short digests, oldest first.

    An address that is met again counts as met last, so that what a quiet feed shows for weeks is
    not forgotten because of a busy one.
    """

    def __init__(self, digests: Iterable[str]) -> None:
        self._digests = dict.fromkeys(digests)

    def add(self, address: str) -> bool:
        """Remember one; whether it is new."""
        digest = blake2s(address.encode(errors="replace"), digest_size=6).hexdigest()
        new = digest not in self._digests
        self._digests.pop(digest, None)
        self._digests[digest] = None
        return new

    def digests(self, feeds: int) -> list[str]:
        """Those worth keeping for so many feeds."""
        return list(self._digests)[-SEEN * (1 + feeds) :]


def start(fetch: Callable[[str], Page], seen: Seen) -> Feed:
    """A feed that begins at the present: what stands there now is known and not heard."""
    pages = _Pages(fetch, "", None)
    found = list(pages)
    for item in found:
        seen.add(item.post.external_id)
    oldest = min((item.at for item in found), default=None)
    return Feed(newest=_newest(None, found), bottom=oldest if pages.cursor else None)


def read(feed: Feed, fetch: Callable[[str], Page], seen: Seen) -> tuple[list[Post], Feed]:
    """What is new, oldest first, and the feed as it stands then; `gap` says that there is more."""
    if feed.gap is None:
        floor = NEVER if feed.newest is None else feed.newest - OVERLAP
        pages = _Pages(fetch, "", floor)
    else:
        pages = _Pages(fetch, feed.gap.cursor, feed.gap.floor)
    items = list(pages)
    found = [item for item in items if _is_new(item, feed, seen)]
    gap = None if pages.arrived else Gap(pages.cursor, pages.floor or NEVER)
    posts = [item.post for item in sorted(found, key=lambda item: item.at)]
    return posts, Feed(_newest(feed.newest, items), feed.bottom, gap)


class _Pages:
    """Pages back from a cursor, until they are past the floor, at their end, or enough for once.

    Without a floor it is OVERLAP below the newest post of the first page.
    """

    def __init__(self, fetch: Callable[[str], Page], cursor: str, floor: float | None) -> None:
        self._fetch = fetch
        self.cursor = cursor
        self.floor = floor
        self.arrived = False

    def __iter__(self) -> Iterator[Item]:
        for _ in range(PAGES):
            page = self._fetch(self.cursor)
            yield from page.items
            self.cursor = page.cursor
            if self.floor is None and page.items:
                self.floor = max(item.at for item in page.items) - OVERLAP
            if not page.cursor or _past(self.floor, page.items):
                self.arrived = True
                return


def _newest(before: float | None, items: list[Item]) -> float | None:
    times = [item.at for item in items] + ([] if before is None else [before])
    return max(times, default=None)


def _past(floor: float | None, items: list[Item]) -> bool:
    if floor is None:
        return False
    # Several, because a single post may claim any time it likes.
    old = sum(item.at <= floor for item in items)
    return old > 0 and old >= min(len(items) // 2, 10)


def _is_new(item: Item, feed: Feed, seen: Seen) -> bool:
    new = seen.add(item.post.external_id)
    return new and (feed.bottom is None or item.at > feed.bottom)
