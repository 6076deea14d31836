"""How a reply is written for Bluesky: counted, keyed, and with its names and links marked. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import regex

from rejoinder.channels.contract import Count, Film, Outgoing, Picture, Publication

COLLECTION = "app.bsky.feed.post"
GRAPHEMES, BYTES = 300, 3000  # app.bsky.feed.post: maxGraphemes, maxLength in UTF-8
IN_PRIVATE = 1000, 10_000  # the same of chat.bsky.convo.defs#messageInput

_TID = "234567abcdefghijklmnopqrstuvwxyz"  # atproto.com/specs/tid
_BEFORE = r"(?:^|(?<=[\s(]))"
_MENTION = regex.compile(
    _BEFORE + r"@((?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63})"
)
_LINK = regex.compile(_BEFORE + r"https?://[^\s/]+\.[^\s]+")
_TAG = regex.compile(_BEFORE + r"[##]((?=[^\s]*[^\s\d\p{P}])[^\s#]{1,64})")
_LANGUAGE = regex.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ENDS = ".,;:!?\"'’”"


def count(text: str, most: tuple[int, int] = (GRAPHEMES, BYTES)) -> Count:
    """Graphemes or bytes, whichever is nearer its end; `most` are the ends."""
    graphemes, size = len(regex.findall(r"\X", text)), len(_bytes(text))
    fits = graphemes <= most[0] and size <= most[1]
    if size * most[0] > graphemes * most[1]:
        return Count(size, most[1], fits)
    return Count(graphemes, most[0], fits)


def key(created_at: datetime, number: int) -> str:
    """A timestamp identifier: 53 bits of microseconds, 10 bits of clock.

    The milliseconds are the reply's own; its number fills the rest, so that a million replies
    written in one millisecond still have keys of their own.
    """
    micros = int(created_at.timestamp() * 1000) * 1000 + (number >> 10) % 1000
    value = (micros << 10) | (number & 1023)
    return "".join(_TID[(value >> shift) & 31] for shift in range(60, -1, -5))


def record(outgoing: Outgoing, resolve: Callable[[str], str | None]) -> dict[str, Any]:
    """The record to create; the same for every try. `resolve` turns a handle into a DID."""
    parent = {"uri": outgoing.to, "cid": outgoing.ref.get("cid", "")}
    root = {"uri": outgoing.root, "cid": _root_cid(outgoing)}
    found: dict[str, Any] = {
        "$type": COLLECTION,
        "text": outgoing.text,
        "createdAt": _timestamp(outgoing.created_at),
        "reply": {"root": root if root["cid"] else parent, "parent": parent},
    }
    if marks := list(facets(outgoing.text, resolve)):
        found["facets"] = marks
    if langs := _langs(outgoing.language):
        found["langs"] = langs
    return found


def images(pictures: Sequence[Picture], blobs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Pictures of a post, by what the server calls them, each with its words and its shape."""
    return {
        "$type": "app.bsky.embed.images",
        "images": [
            {
                "alt": picture.alt,
                "image": blob,
                "aspectRatio": {"width": picture.width, "height": picture.height},
            }
            for picture, blob in zip(pictures, blobs, strict=True)
        ],
    }


def video(film: Film, blob: dict[str, Any]) -> dict[str, Any]:
    """The film of a post, by what the server calls it, with its words and its shape."""
    return {
        "$type": "app.bsky.embed.video",
        "video": blob,
        "alt": film.alt,
        "aspectRatio": {"width": film.width, "height": film.height},
    }


def message(outgoing: Outgoing, resolve: Callable[[str], str | None]) -> dict[str, Any]:
    """A private message, below theirs or with the post that it answers."""
    found: dict[str, Any] = {"text": outgoing.text}
    if marks := list(facets(outgoing.text, resolve)):
        found["facets"] = marks
    if above := outgoing.ref.get("message"):
        found["replyTo"] = {"messageId": above}
    elif outgoing.ref.get("cid"):
        post = {"uri": outgoing.to, "cid": outgoing.ref["cid"]}
        found["embed"] = {"$type": "app.bsky.embed.record", "record": post}
    return found


def publication(said: Publication, resolve: Callable[[str], str | None]) -> dict[str, Any]:
    """The record of a publication, its page as a card: a link that takes none of the letters.

    Posts cannot be changed there. What brings one up to date stands below it, in one thread, so
    that whoever was led to the old words finds the new ones.
    """
    found: dict[str, Any] = {
        "$type": COLLECTION,
        "text": said.text,
        "createdAt": _timestamp(said.created_at),
    }
    if said.url:
        card = {"uri": said.url, "title": said.title, "description": said.summary}
        found["embed"] = {"$type": "app.bsky.embed.external", "external": card}
    if said.external_id:
        before = {"uri": said.external_id, "cid": said.ref.get("cid", "")}
        found["reply"] = {"root": said.ref.get("root", before), "parent": before}
    if marks := list(facets(said.text, resolve)):
        found["facets"] = marks
    if langs := _langs(said.language):
        found["langs"] = langs
    return found


def _langs(language: str) -> list[str]:
    """A language as servers take one (BCP 47); what is none would have the whole post refused."""
    return [language] if _LANGUAGE.fullmatch(language) else []


def facets(text: str, resolve: Callable[[str], str | None]) -> Iterator[dict[str, Any]]:
    """Mentions, links and hashtags with where they stand, in bytes of UTF-8."""
    for match in _MENTION.finditer(text):
        if did := resolve(match[1]):
            yield _facet(text, match.start(), match.end(), "mention", did=did)
    for match in _LINK.finditer(text):
        link = _link(match[0])
        yield _facet(text, match.start(), match.start() + len(link), "link", uri=link)
    for match in _TAG.finditer(text):
        tag = match[1].rstrip(_ENDS)
        yield _facet(text, match.start(), match.start(1) + len(tag), "tag", tag=tag)


def _facet(text: str, start: int, end: int, kind: str, **what: str) -> dict[str, Any]:
    return {
        "index": {"byteStart": len(_bytes(text[:start])), "byteEnd": len(_bytes(text[:end]))},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", **what}],
    }


def _link(found: str) -> str:
    """Without the punctuation of the sentence around it."""
    found = found.rstrip(_ENDS)
    return found[:-1] if found.endswith(")") and "(" not in found else found


def _root_cid(outgoing: Outgoing) -> str:
    if outgoing.root == outgoing.to:
        return str(outgoing.ref.get("cid", ""))
    # A reply that we heard names its root's version, even where we never heard the root.
    return str(outgoing.root_ref.get("cid") or outgoing.ref.get("root_cid", ""))


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
