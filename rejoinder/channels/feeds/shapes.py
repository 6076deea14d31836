"""What a feed holds, whatever its format. Pure."""

from datetime import datetime

from msgspec import Struct


class Entry(Struct, kw_only=True):
    """One entry. `id` is the publisher's; `markup` what it was written in, for its links."""

    id: str
    url: str = ""
    title: str = ""
    text: str = ""
    markup: str = ""
    author: str = ""
    language: str = ""
    at: datetime | None = None
    parent: str = ""


class Document(Struct, kw_only=True):
    """One page of a feed, newest first as it came; `wait`: seconds it asks readers to stay away."""

    title: str = ""
    entries: list[Entry] = []
    removed: list[str] = []
    next: str = ""
    wait: float = 0.0


class Item(Struct, kw_only=True):
    """An entry of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    id: str | int | float = ""
    url: str = ""
    external_url: str = ""
    title: str = ""
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    date_published: str = ""
    date_modified: str = ""
    language: str = ""
    author: dict[str, object] | None = None
    authors: list[dict[str, object]] = []


class JsonFeed(Struct, kw_only=True):
    """A JSON Feed."""

    version: str
    title: str = ""
    next_url: str = ""
    language: str = ""
    items: list[Item] = []
