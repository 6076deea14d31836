"""Feeds and forums on the contract: heard by reading feeds, answered by people on the page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from rejoinder.channels.contract import (
    Can,
    Channel,
    Count,
    Field,
    Finding,
    Heard,
    Identity,
    Limit,
    Outgoing,
    Receipt,
    Received,
    Refused,
    Sent,
    Step,
    TroubleError,
)
from rejoinder.channels.feeds import receiving
from rejoinder.channels.feeds.listening import Reader
from rejoinder.channels.feeds.noticing import State, Taste, split

LONGEST = 10_000  # code points; what a site takes is known when its page is open
USUAL = "15"  # minutes
MOST_FEEDS = 200


class Feeds(Channel):
    """A list of feeds, and the pages that tell us of themselves."""

    name = "feeds"
    label = "Feeds and forums"
    glyph = "M3.5 3.5a9 9 0 0 1 9 9M3.5 8a4.5 4.5 0 0 1 4.5 4.5M3.5 12.5h.5"
    can = Can(untagged=True, by_hand=True)
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "Collect the addresses of the feeds: of blogs, of a forum's boards, of a search alert."
        ),
        Step(
            "Name the address beside the connected account in your pages, for Webmention, pingback."
        ),
    )
    form = (
        Field(
            name="title",
            label="Name",
            help="Of this list, such as Blogs. The same name again changes the list.",
            default="Feeds",
        ),
        Field(
            name="feeds",
            label="Addresses of feeds",
            help="RSS, Atom or JSON Feed. Separate them with commas.",
        ),
        Field(
            name="watch",
            label="Words to watch",
            help="Only entries with one of these are heard, or all where this is empty. Separate "
            "them with commas.",
            required=False,
        ),
        Field(
            name="site",
            label="Our own sites",
            help="Such as www.example.com. Who links there speaks to us. Separate them with "
            "commas.",
            required=False,
        ),
        Field(
            name="every",
            label="Minutes between two looks",
            help="At each feed; 5 at least, more where a feed asks for more.",
            default=USUAL,
        ),
    )
    poll: ClassVar[float] = 60.0
    polite: ClassVar[float] = 300.0  # seconds between two looks at a feed, at least

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """None but that of hands: people answer on the pages themselves."""
        return (Limit(name="minute", cap=600, window=60, published=False),)

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points."""
        return Count(len(text), LONGEST, len(text) <= LONGEST)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """Nobody takes it; it says which reply it was."""
        return str(number)

    @classmethod
    def by_hand(cls, outgoing: Outgoing, settings: Mapping[str, str]) -> str:
        """The page of the entry, where its site lets people answer; else the first feed."""
        url = str(outgoing.ref.get("url", ""))
        return url if _is_web(url) else _address(next(iter(split(settings.get("feeds", ""))), ""))

    def identify(self) -> Identity:
        """The list by its name, once each of its feeds was read."""
        title = self.connection.settings.get("title", "") or "Feeds"
        self._every()
        feeds = self._feeds()
        if not feeds or len(feeds) > MOST_FEEDS:
            raise TroubleError(f"Name between 1 and {MOST_FEEDS} feeds.", permanent=True)
        for url in feeds:
            self._reader().read(url, State())
        return Identity(external_id=title.casefold()[:200], handle=title[:200])

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """New entries, and those that were changed or taken back, of the feeds that are due."""
        return self._reader().run(self._feeds(), cursor)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """Never: no site here takes what a program writes."""
        if not self.count(outgoing.text).ok:
            return Refused(f"A reply has {LONGEST:,} characters at most.")
        return Refused("A person answers on the page itself; no program can.")

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Nobody but whoever wrote it knows."""
        return None

    def receive(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Received:
        """Webmention and pingback, believed once the page they name was read."""
        return receiving.received(
            self.http, self._taste().sites, method=method, headers=headers, body=body
        )

    def check(self) -> list[Finding]:
        """Each feed by itself."""
        return [self._finding(url) for url in self._feeds()]

    def _finding(self, url: str) -> Finding:
        what = f"{self.label} {url}"
        try:
            self._reader().read(url, State())
        except TroubleError as trouble:
            remedy = "Open the address in a browser; correct it, or take it out of the list."
            return Finding(what=what, ok=False, words=trouble.words, remedy=remedy, serious=True)
        return Finding(what=what, ok=True, words="can be read")

    def _reader(self) -> Reader:
        return Reader(self.http, self._taste(), max(self._every() * 60, self.polite))

    def _every(self) -> float:
        typed = self.connection.settings.get("every", "") or USUAL
        if not typed.isdecimal() or not 0 <= int(typed[:6]) <= 1440:
            raise TroubleError("The minutes between two looks are a number.", permanent=True)
        return float(typed)

    def _feeds(self) -> tuple[str, ...]:
        typed = split(self.connection.settings.get("feeds", ""))
        return tuple(dict.fromkeys(_address(each) for each in typed))

    def _taste(self) -> Taste:
        filled = self.connection.settings
        words, sites = split(filled.get("watch", "")), split(filled.get("site", ""))
        return Taste(tuple(words), tuple(map(_site, sites)))


def _address(typed: str) -> str:
    return typed if "://" in typed else f"https://{typed}"


def _site(typed: str) -> str:
    """Host, and the path below which a site is ours."""
    return typed.lower().partition("://")[2].rstrip("/") or typed.lower().rstrip("/")


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False
