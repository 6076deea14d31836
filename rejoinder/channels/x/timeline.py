"""One list of posts of X, read on from the newest known: nothing skipped, few pages at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.channels.x import shapes
from rejoinder.channels.x.reading import number_at

PAGES = 5  # in one reading
REACH = timedelta(days=6, hours=23)  # how far back a search may begin; X says 7 days

Fetch = Callable[[dict[str, str]], shapes.Page]


class Timeline(Struct, omit_defaults=True):
    """How far a list was read. With a token the reading goes on below it, down to `since`."""

    since: str
    newest: str = ""
    token: str = ""


def start(now: datetime) -> Timeline:
    """Begin at the present; what is older is the past."""
    return Timeline(since=number_at(now))


def read(line: Timeline, fetch: Fetch) -> tuple[list[shapes.Page], Timeline]:
    """Pages from new to old, and the list as it stands then; a token says that there is more."""
    pages: list[shapes.Page] = []
    token, newest = line.token, line.newest
    for _ in range(PAGES):
        query = {"since_id": line.since} | ({"pagination_token": token} if token else {})
        page = fetch(query)
        pages.append(page)
        newest = max([newest, *(tweet.id for tweet in page.data)], key=place)
        token = page.meta.next_token
        if not token:
            return pages, Timeline(since=max(newest, line.since, key=place))
    return pages, Timeline(line.since, newest, token)


def within_reach(line: Timeline, now: datetime) -> Timeline:
    """What a search still takes: after a long silence it begins a week ago."""
    oldest = number_at(now - REACH)
    if place(line.since) >= place(oldest):
        return line
    return Timeline(since=oldest)


def place(number: str) -> int:
    """An id as the number that orders it; 0 for what is none."""
    return int(number) if number.isascii() and number.isdigit() else 0
