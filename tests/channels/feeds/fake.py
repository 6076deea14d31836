"""A blog in memory: an Atom feed with its conditional answers, pages, and a form to answer on."""

import html
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer

HOST = "blog.example.com"
FEED = f"https://{HOST}/feed.atom"
OURS = "www.brand.example"
PAGE = 100  # entries


@dataclass
class Entry:
    """One entry, numbered as it came."""

    number: int
    who: str
    text: str
    tag: bool
    parent: str = ""
    gone: bool = False
    at: datetime = field(default_factory=clock.now)

    @property
    def id(self) -> str:
        return f"tag:{HOST},2026:{self.number}"

    @property
    def url(self) -> str:
        return f"https://{HOST}/{self.number}"


@dataclass
class FakeBlog:
    """Answers as its site does; `asked` is what was asked for, with what was answered."""

    entries: list[Entry] = field(default_factory=list)
    asked: list[tuple[str, int]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    tombstones: bool = True

    def writes(self, who: str, text: str, *, tag: bool = True, parent: str = "") -> Entry:
        """Somebody posts."""
        entry = Entry(len(self.entries) + 1, who, text, tag, parent)
        self.entries.append(entry)
        return entry

    def call(self, method: str, url: str, **more: Any) -> Answer:
        header = more.get("header") or {}
        answer = self._answer(url, header)
        self.asked.append((url, answer.status))
        self.headers.append(header)
        return answer

    def _answer(self, url: str, header: dict[str, str]) -> Answer:
        if not url.startswith(FEED):
            there = any(entry.url == url and not entry.gone for entry in self.entries)
            return Answer(200 if there else 404, {"content-type": "text/html"}, b"<p>a page</p>")
        page = int(url.partition("?page=")[2] or 1)
        body = self.feed(page)
        mark = f'"{sha256(body).hexdigest()[:16]}"'
        if header.get("If-None-Match") == mark:
            return Answer(304, {"etag": mark}, b"")
        return Answer(200, {"etag": mark, "content-type": "application/atom+xml"}, body)

    def feed(self, page: int = 1) -> bytes:
        """A page of the feed, newest first."""
        standing = [entry for entry in reversed(self.entries) if not entry.gone]
        shown = standing[(page - 1) * PAGE : page * PAGE]
        more = page * PAGE < len(standing)
        head = (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:thr="http://purl.org/syndication/thread/1.0" '
            'xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Tales</title>'
        )
        parts = [
            head,
            f'<link rel="next" href="{FEED}?page={page + 1}"/>' if more else "",
            *(_tomb(entry) for entry in self.entries if entry.gone and self.tombstones),
            *(map(_shown, shown)),
            "</feed>",
        ]
        return "".join(parts).encode()


def _shown(entry: Entry) -> str:
    link = f'<a href="https://{OURS}/">them</a>: ' if entry.tag else ""
    said = html.escape(f"<p>{link}{html.escape(entry.text)}</p>")
    when = entry.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    above = f'<thr:in-reply-to ref="{entry.parent}"/>' if entry.parent else ""
    return (
        f'<entry><id>{entry.id}</id><title/><link href="{entry.url}"/>{above}'
        f"<author><name>{entry.who}</name></author><published>{when}</published>"
        f'<updated>{when}</updated><content type="html">{said}</content></entry>'
    )


def _tomb(entry: Entry) -> str:
    return f'<at:deleted-entry ref="{entry.id}" when="2026-03-02T09:00:00Z"/>'
