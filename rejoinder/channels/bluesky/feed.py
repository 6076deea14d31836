"""What of a feed's pages is new, so that nothing is skipped and nothing is heard twice. Pure.

A feed runs from new to old and is read back until what was reached before. Its order is by the
times its posts claim, so a post may arrive a little below the top: each reading goes back past
`OVERLAP`, and what was seen is known by its address. When there is more than one reading takes,
a gap is left and read on from there next time, before the top is looked at again.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2s

from msgspec import Struct

from rejoinder.channels.contract import Post

OVERLAP = 60.0  # seconds; how late a post may be indexed behind its neighbours
PAGES = 5  # of 100 posts, in one reading
SEEN = 2000  # addresses remembered

NEVER = float("-inf")


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
    floor: float | None


class Feed(Struct, omit_defaults=True):
    """How far one feed was heard. `bottom` is the oldest we knew at the start, None when all."""

    newest: float | None = None
    bottom: float | None = None
    gap: Gap | None = None


class Seen:
    """The addresses heard last, as short digests, oldest first."""

    def __init__(self, digests: Iterable[str]) -> None:
        self._digests = dict.fromkeys(digests)

    def add(self, address: str) -> bool:
        """Remember one; whether it is new."""
        digest = blake2s(address.encode(errors="replace"), digest_size=6).hexdigest()
        new = digest not in self._digests
        self._digests[digest] = None
        return new

    def digests(self) -> list[str]:
        return list(self._digests)[-SEEN:]


def start(page: Page, seen: Seen) -> Feed:
    """A feed that begins at the present: what stands there now is known and not heard."""
    for item in page.items:
        seen.add(item.post.external_id)
    oldest = min((item.at for item in page.items), default=None)
    return Feed(newest=_newest(None, page.items), bottom=oldest if page.cursor else None)


def read(feed: Feed, fetch: Callable[[str], Page], seen: Seen) -> tuple[list[Post], Feed]:
    """What is new, oldest first, and the feed as it stands then; `gap` says that there is more."""
    cursor, floor = ("", _floor(feed.newest)) if feed.gap is None else _resumed(feed.gap)
    found: list[Item] = []
    newest, gap = feed.newest, None
    for _ in range(PAGES):
        page = fetch(cursor)
        found += [item for item in page.items if _is_new(item, feed, seen)]
        newest = _newest(newest, page.items)
        if not page.cursor or _reached(floor, page.items):
            break
        cursor = page.cursor
    else:
        gap = Gap(cursor, None if floor == NEVER else floor)
    posts = [item.post for item in sorted(found, key=lambda item: item.at)]
    return posts, Feed(newest, feed.bottom, gap)


def _newest(before: float | None, items: list[Item]) -> float | None:
    times = [item.at for item in items] + ([] if before is None else [before])
    return max(times, default=None)


def _reached(floor: float, items: list[Item]) -> bool:
    # Several, because a single post may claim any time it likes.
    old = sum(item.at <= floor for item in items)
    return old > 0 and old >= min(len(items), 10)


def _floor(newest: float | None) -> float:
    return NEVER if newest is None else newest - OVERLAP


def _resumed(gap: Gap) -> tuple[str, float]:
    return gap.cursor, NEVER if gap.floor is None else gap.floor


def _is_new(item: Item, feed: Feed, seen: Seen) -> bool:
    known = feed.bottom is not None and item.at <= feed.bottom
    return not known and seen.add(item.post.external_id)
