"""Answering for public pages from memory: no database, no template, no file while somebody waits.

The stock is made when a door opens and each time an answer changes; until a new one is whole the
old one is served. A copy in the data folder serves a door that opens while the database is away.
"""

import logging
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from rejoinder.answers import visits
from rejoinder.answers.visits import Followed
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.web.public import addresses, http, proofs
from rejoinder.web.public.http import Page, Response
from rejoinder.web.public.stock import Leads, Stock, made

_LOG = logging.getLogger(__name__)
_FILE = "public-pages"
_EMPTY = http.page(b"Not found.\n", "text/plain; charset=utf-8", status=404)


class _Copy(msgspec.Struct):
    """What the file holds: pages as (body, type, cache), short links, the log."""

    pages: dict[str, tuple[bytes, str, bytes]]
    links: dict[str, Leads]
    entries: list[str]
    hashes: list[str]


class Shelf:
    """What this process can hand out now, and how often each short link was followed."""

    def __init__(self) -> None:
        self._stock = Stock()
        self._visits: Counter[Followed] = Counter()
        self._lock = threading.Lock()

    def restock(self) -> None:
        """Make the pages again; raises DatabaseError with the old ones still there."""
        self._stock = made(self._stock)
        _keep(self._stock)

    def restore(self) -> None:
        """Take the copy of the last stock that any door made, if there is one."""
        found = _kept()
        if found is not None:
            self._stock = found

    def answer(self, method: str, path: str, headers: Iterable[tuple[bytes, bytes]]) -> Response:
        """What to send; `headers` have lower-case names."""
        if method not in {"GET", "HEAD"}:
            return http.not_allowed()
        stock = self._stock
        page = stock.pages.get(path)
        if page is not None:
            return http.answer(page, method, headers)
        if path.startswith("/s/") and path != "/s/":
            return self._follow(stock, path, method, headers)
        made_now = _proof(stock, path)
        return http.answer(made_now or stock.missing or _EMPTY, method, headers)

    def count_visits(self) -> None:
        """Write down the visits since the last time; those that cannot be written are kept."""
        with self._lock:
            counted, self._visits = self._visits, Counter()
        if not counted:
            return
        try:
            visits.count(counted)
        except BaseException:
            with self._lock:
                self._visits.update(counted)
            raise

    def _follow(
        self, stock: Stock, path: str, method: str, headers: Iterable[tuple[bytes, bytes]]
    ) -> Response:
        found = stock.links.get(path.removeprefix("/s/").rstrip("/").lower())
        if found is None:
            return http.answer(stock.missing or _EMPTY, method, headers)
        if method == "GET":
            with self._lock:
                self._visits[Followed(found.kind, found.row, clock.now().date())] += 1
        return http.redirect(found.to)


def _proof(stock: Stock, path: str) -> Page | None:
    """Pages that are worked out when somebody asks: proofs, in a few microseconds."""
    if path in {"/a", "/s", "/s/"}:
        return stock.pages.get(addresses.ROOT)
    name, _, number = path.rpartition("/")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        return None
    body = None
    if name == addresses.LOG:
        body = stock.log.since(int(number))
    elif name == addresses.leaf(0).rpartition("/")[0]:
        body = stock.log.entry(int(number))
    return http.page(body, proofs.TYPE) if body else None


def _path() -> Path:
    return config().data / _FILE


def _keep(stock: Stock) -> None:
    """Beside the database, whole or not at all."""
    pages = {path: _bare(page) for path, page in stock.pages.items()}
    copy = _Copy(pages, stock.links, list(stock.log.entries), list(stock.log.hashes))
    handle, name = tempfile.mkstemp(dir=_path().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.msgpack.encode(copy))
        Path(name).replace(_path())
    finally:
        Path(name).unlink(missing_ok=True)


def _kept() -> Stock | None:
    try:
        copy = msgspec.msgpack.decode(_path().read_bytes(), type=_Copy)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        _LOG.warning("The copy of the public pages cannot be read: %s.", error)
        return None
    https = config().base_url.startswith("https://")
    pages = {
        path: http.page(body, kind, cache=cache, https=https)
        for path, (body, kind, cache) in copy.pages.items()
    }
    return Stock(pages, copy.links, proofs.Log(copy.entries, copy.hashes))


def _bare(page: Page) -> tuple[bytes, str, bytes]:
    headers = dict(page.plain.headers)
    return page.plain.body, headers[b"content-type"].decode(), headers[b"cache-control"]
