"""Reads RSS, Atom and JSON Feed into entries; refuses what is broken off or lays traps. Pure.

Feeds in the wild are seldom quite right, so `feedparser` reads what is whole, once `traps` has
looked at it.
"""

import calendar
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from rejoinder.channels import hypertext, lenient
from rejoinder.channels.feeds import traps
from rejoinder.channels.feeds.shapes import Document, Entry, Item, JsonFeed

MOST = 2_000_000  # bytes of one page
ENTRIES = 1000  # of one page
LONGEST = 20_000  # characters of one entry
LINE = 500  # characters of a title
NAME = 200  # characters of a name or an id

_WHOLE = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_TOMBS = b"http://purl.org/atompub/tombstones/1.0"
_TOMB = re.compile(r"""<(?:[\w.-]+:)?deleted-entry\s[^<>]*?\bref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# sy:updatePeriod (RSS 1.0 Syndication module), in seconds
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800}


class NoFeedError(ValueError):
    """It cannot be read as a feed; the message says why, for people."""


def parse(body: bytes, url: str) -> Document:
    """A page of a feed that came from `url`. Raises NoFeedError."""
    if len(body) > MOST:
        raise NoFeedError(f"it is longer than {MOST // 1_000_000} MB")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(body, url)
    # Without the zeros between the letters, UTF-16 hides nothing.
    plain = body.replace(b"\0", b"")
    if trap := traps.found(plain):
        raise NoFeedError(trap)
    if not _WHOLE.search(plain[-500:]):
        raise NoFeedError("it is no feed, or it broke off before its end")
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise NoFeedError("it is neither RSS nor Atom nor JSON Feed")
    return _document(found, plain, url)


def _document(found: Any, plain: bytes, url: str) -> Document:
    feed = found.feed
    language = _text(feed.get("language"))
    following = [
        _text(link.get("href")) for link in feed.get("links", []) if link.get("rel") == "next"
    ]
    return Document(
        title=_text(feed.get("title"))[:NAME],
        entries=[_entry(each, url, language) for each in found.entries[:ENTRIES]],
        removed=_removed(plain) if _TOMBS in plain else [],
        next=_web(following[0], url) if following else "",
        wait=_wait(feed),
    )


def _entry(each: Any, url: str, language: str) -> Entry:
    title = _plain(each.get("title_detail"))
    content = each.get("content") or [each.get("summary_detail") or {}]
    markup = _text(content[0].get("value"))
    text = _plain(content[0])
    parent = each.get("thr_in-reply-to")
    link = _web(_text(each.get("link")), url)
    return Entry(
        id=_text(each.get("id")) or link,
        url=link,
        title=title[:LINE],
        text=_cut(text),
        markup=markup,
        author=_author(each),
        language=(_text(content[0].get("language")) or language)[:2].lower(),
        at=_moment(_when(each)),
        parent=_text(parent.get("ref")) if isinstance(parent, Mapping) else "",
    )


def _when(each: Any) -> Any:
    # Asked for outright, one that is missing is answered with the other, and a warning.
    named = [key for key in ("published_parsed", "updated_parsed") if key in each]
    return each[named[0]] if named else None


def _author(each: Any) -> str:
    """A name; the e-mail address that RSS keeps in its place is nobody's name."""
    detail = each.get("author_detail") or {}
    name = " ".join(_text(detail.get("name")).split())[:NAME]
    return "" if "@" in name else name


def _plain(detail: Any) -> str:
    """The words of a text construct: as they stand where it is plain text."""
    if not isinstance(detail, Mapping):
        return ""
    value = _text(detail.get("value"))
    return value.strip() if detail.get("type") == "text/plain" else hypertext.words(value)


def _removed(plain: bytes) -> list[str]:
    """What Atom's tombstones name (RFC 6721)."""
    found = _TOMB.finditer(plain.decode("utf-8", "replace"))
    return [unescape(each[1] or each[2] or "") for each in found][:ENTRIES]


def _wait(feed: Any) -> float:
    """What `ttl` (minutes) or the Syndication module says; the longer of the two."""
    ttl = _text(feed.get("ttl"))
    period = _PERIODS.get(_text(feed.get("sy_updateperiod")).strip().lower(), 0)
    often = _text(feed.get("sy_updatefrequency")).strip()
    every = period / int(often) if often.isdecimal() and int(often[:6]) > 0 else float(period)
    return max(every, int(ttl[:6]) * 60.0 if ttl.isdecimal() else 0.0)


def _json(body: bytes, url: str) -> Document:
    try:
        found = lenient.decode(body, JsonFeed)
    except lenient.UnreadableError:
        raise NoFeedError("it cannot be read as a JSON Feed") from None
    if "jsonfeed.org/version/" not in found.version:
        raise NoFeedError("it is JSON, and no JSON Feed")
    return Document(
        title=found.title[:NAME],
        entries=[_item(each, url, found.language) for each in found.items[:ENTRIES]],
        next=_web(found.next_url, url),
    )


def _item(each: Item, url: str, language: str) -> Entry:
    markup = each.content_html or each.content_text or each.summary
    text = hypertext.words(each.content_html) if each.content_html else markup.strip()
    authors = each.authors or ([each.author] if each.author else [])
    name = str(authors[0].get("name") or "") if authors else ""
    link = _web(each.url or each.external_url, url)
    return Entry(
        id=str(each.id) or link,
        url=link,
        title=each.title.strip()[:LINE],
        text=_cut(text),
        markup=markup,
        author="" if "@" in name else " ".join(name.split())[:NAME],
        language=(each.language or language)[:2].lower(),
        at=_stated(each.date_published or each.date_modified),
    )


def _stated(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(parts: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _web(link: str, base: str) -> str:
    """A link as an address of the web, or nothing: a script is none."""
    try:
        found = urljoin(base, link.strip()) if link.strip() else ""
        parts = urlsplit(found)
    except ValueError:
        return ""
    return found[:2000] if parts.scheme in {"http", "https"} and parts.hostname else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
