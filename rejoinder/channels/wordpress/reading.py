"""From a site's comments to posts as the desk hears them. Pure.

The number of a comment is its own on its site alone, so the site is part of its name. What reaches
the desk of a reader is their name and a mark that tells two of one name apart, made of the picture
the site shows for them: neither their e-mail address nor where they wrote from is asked for.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import blake2s
from typing import NamedTuple

from rejoinder.channels import hypertext
from rejoinder.channels.contract import Kind, Post
from rejoinder.channels.wordpress import shapes

_AVATAR = re.compile(r"/avatar/([0-9a-f]{32,64})")
_APPROVED = ("approved", "approve", "1", "")
DEEPEST = 50  # comments below each other that are followed; a site shows ten at most


class Place(NamedTuple):
    """A site and us on it: its name in the names we make, its address, our number there."""

    name: str
    address: str
    us: int


def site(url: str) -> str:
    """The site as names of comments begin: its host and folder."""
    bare = re.sub(r"^[a-z]+://", "", url.strip(), flags=re.IGNORECASE).rstrip("/")
    host, slash, folder = bare.partition("/")
    return host.lower() + slash + folder


def name(where: str, comment: int) -> str:
    """A comment as the desk knows it."""
    return f"{where}#comment-{comment}"


def number(name: str) -> int:
    """The number in a name that we made; 0 when it is none."""
    digits = re.search(r"[0-9]{1,18}$", name)
    return int(digits[0]) if digits else 0


def post(comment: shapes.Comment, place: Place, root: int, kind: Kind = "post") -> Post:
    """One comment as a post.

    Its url is by number: the site leads on from it when the post that it stands under has moved.
    """
    return Post(
        external_id=name(place.name, comment.id),
        kind=kind,
        author_id=_author(comment, place.name),
        handle=comment.author_name or "Anonymous",
        name=comment.author_name,
        text=text(comment),
        created_at=moment(comment.date_gmt),
        in_reply_to=name(place.name, comment.parent) if comment.parent else None,
        root=name(place.name, root) if comment.parent else None,
        shown=is_shown(comment),
        ours=comment.author == place.us != 0,
        url=page(comment, place),
        ref={"post": comment.post},
    )


def page(comment: shapes.Comment, place: Place) -> str:
    """Where a person reads a comment."""
    return f"{place.address}/?p={comment.post}#comment-{comment.id}"


def text(comment: shapes.Comment) -> str:
    """What was written, in plain words."""
    return hypertext.words(comment.content.raw or comment.content.rendered)


def is_shown(comment: shapes.Comment) -> bool:
    """Whether readers see it: it does not wait for a moderator."""
    return comment.status in _APPROVED


def mark(comment: shapes.Comment) -> str:
    """A short mark of the words and of whether readers see them, by which a change is noticed."""
    found = (comment.content.raw or comment.content.rendered).encode("utf-8", "replace")
    words = blake2s(found, digest_size=6).hexdigest()
    return words if is_shown(comment) else words + "h"


def roots(
    comments: Iterable[int], parents: Mapping[int, int], known: Mapping[int, int]
) -> tuple[dict[int, int], set[int]]:
    """The first comment above each of these, and whose parents one has to know to say more.

    `parents` are by number, 0 where there is none; `known` are roots found before.
    """
    found: dict[int, int] = {}
    missing: set[int] = set()
    for comment in comments:
        at = comment
        for _ in range(DEEPEST):
            above = parents.get(at)
            if at in known or not above:
                break
            at = above
        if at not in known and at not in parents:
            missing.add(at)
        found[comment] = known.get(at, at)
    return found, missing


def _author(comment: shapes.Comment, where: str) -> str:
    if comment.author:
        return f"{where}#user-{comment.author}"
    pictures = comment.author_avatar_urls
    first = next(iter(pictures.values()), "") if isinstance(pictures, dict) else ""
    picture = _AVATAR.search(first)
    told = f"{where} {picture[1] if picture else ''} {comment.author_name.casefold()}"
    return f"{where}#reader-{blake2s(told.encode('utf-8', 'replace'), digest_size=10).hexdigest()}"


def moment(text: str) -> datetime | None:
    """A time as a site writes it, in UTC; None when it is not one."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
