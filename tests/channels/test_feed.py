"""Whatever comes, late or in a flood, each post of a feed is heard once."""

import json
from collections import Counter
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.channels import feed
from rejoinder.channels.contract import Post
from rejoinder.channels.feed import Feed, Item, Page, Seen

SIZE = 3


@dataclass
class Server:
    """A feed as the platform keeps it: by time, newest first, its cursor a time."""

    items: list[tuple[float, str]] = field(default_factory=list)
    fetched: int = 0

    def arrives(self, at: float) -> str:
        name = f"post {len(self.items)}"
        # No two in one moment: a cursor that is a time would pass over one of them.
        self.items.append((round(at, 3) + len(self.items) * 1e-6, name))
        return name

    def fetch(self, cursor: str) -> Page:
        self.fetched += 1
        below = float(cursor) if cursor else float("inf")
        found = sorted((item for item in self.items if item[0] < below), reverse=True)
        page = [Item(Post(external_id=name), at) for at, name in found[:SIZE]]
        return Page(page, repr(page[-1].at) if len(found) > SIZE else "")


@dataclass
class Listener:
    """Our side, which keeps its place as JSON between readings."""

    server: Server
    kept: str = ""
    heard: list[str] = field(default_factory=list)

    def start(self) -> None:
        seen = Seen([])
        self._keep(feed.start(self.server.fetch, seen), seen)

    def read(self) -> bool:
        found, digests = msgspec.json.decode(self.kept, type=tuple[Feed, list[str]])
        seen = Seen(digests)
        posts, after = feed.read(found, self.server.fetch, seen)
        self.heard += [post.external_id for post in posts]
        self._keep(after, seen)
        return after.gap is not None

    def _keep(self, found: Feed, seen: Seen) -> None:
        self.kept = json.dumps(msgspec.to_builtins((found, seen.digests(1))))


# A day at the platform: how long until something, what, and how late its time is.
events = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 40),
        st.lists(st.integers(0, 59), max_size=4),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(before=st.lists(st.integers(0, 300), max_size=20), day=events)
def test_each_post_is_heard_once_however_late_and_many(
    before: list[int], day: list[tuple[int, int, list[int]]]
) -> None:
    server, now = Server(), 1000.0
    for ago in before:
        server.arrives(now - ago)
    listener = Listener(server)
    listener.start()
    said = []
    for passed, many, late in day:
        now += passed
        said += [server.arrives(now) for _ in range(many)]
        said += [server.arrives(now - by) for by in late]
        listener.read()
    for _ in range(60):
        listener.read()
    assert Counter(listener.heard) == Counter(said)


def test_a_quiet_feed_costs_one_request() -> None:
    server = Server()
    for ago in range(1000, 0, -100):
        server.arrives(-ago)
    listener = Listener(server)
    listener.start()
    server.fetched = 0
    assert not listener.read()
    assert server.fetched == 1


def test_a_flood_is_read_in_parts_and_whole() -> None:
    server = Server()
    listener = Listener(server)
    server.arrives(0)
    listener.start()
    said = [server.arrives(100 + n) for n in range(100)]
    assert listener.read()
    assert server.fetched == 1 + feed.PAGES
    while listener.read():
        pass
    assert sorted(listener.heard) == sorted(said)


@pytest.mark.parametrize("claimed", [-6.2e10, 0.0])
def test_a_post_that_claims_the_year_one_does_not_end_a_reading(claimed: float) -> None:
    pages = {
        "": Page([Item(Post(external_id="old"), claimed), *_posts("a", 11, 500)], "2"),
        "2": Page(_posts("b", 5, 490), ""),
    }
    posts, _ = feed.read(Feed(newest=400), pages.__getitem__, Seen([]))
    assert len(posts) == 17


def _posts(name: str, many: int, at: float) -> list[Item]:
    return [Item(Post(external_id=f"{name}{n}"), at - n / 10) for n in range(many)]


def test_what_a_quiet_feed_shows_is_remembered_beside_a_busy_one() -> None:
    seen = Seen([])
    for number in range(10_000):
        seen.add("shown for weeks")
        seen.add(f"post {number}")
    digests = seen.digests(1)
    assert len(digests) == 2 * feed.SEEN
    assert not Seen(digests).add("shown for weeks")
