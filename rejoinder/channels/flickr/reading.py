"""Comments as posts, and who answers whom. Pure.

Comments on Flickr stand one below the other and have no parents. Whoever answers names the person
in brackets, as Flickr's own page does; so a comment that begins with a name answers the last one
that person wrote before it.
"""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2s

from rejoinder.channels import hypertext
from rejoinder.channels.contract import Post
from rejoinder.channels.flickr.shapes import Comment

SITE = "https://www.flickr.com/photos/"
_NAMED = re.compile(
    r"\s*\[https?://(?:www\.)?flickr\.com/(?:photos|people)/([^\s\[\]/]{1,100})/?\]"
)


def posts(comments: Sequence[Comment], photo: str, us: str) -> list[Post]:
    """The comments on a photo, oldest first, each with what it answers."""
    roots: dict[str, str] = {}
    last: dict[str, str] = {}  # the last comment of each person so far
    found = []
    for comment in comments:
        parent = last.get(named(comment.content))
        roots[comment.id] = roots[parent] if parent else comment.id
        last[comment.author] = comment.id
        found.append(_post(comment, photo, us, parent, roots[comment.id]))
    return found


def named(content: str) -> str:
    """Whom a comment begins by naming; empty when it names nobody."""
    found = _NAMED.match(content)
    return found[1] if found else ""


def bare(content: str) -> str:
    """The words without the name before them."""
    found = _NAMED.match(content)
    return hypertext.words(content[found.end() :] if found else content)


def written(text: str, to: str) -> str:
    """Our words as Flickr takes them: markup is text, and whom they answer stands before them."""
    clean = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    said = html.escape(clean, quote=False)
    return f"[{SITE}{to}] {said}" if to else said


def mark(comment: Comment) -> str:
    """The same for the same words."""
    return blake2s(comment.content.encode(errors="replace"), digest_size=6).hexdigest()


def second(comment: Comment) -> int:
    """When it was written, in seconds since 1970."""
    return int(comment.datecreate[:12]) if comment.datecreate[:12].isdecimal() else 0


def _post(comment: Comment, photo: str, us: str, parent: str | None, root: str) -> Post:
    handle = comment.authorname or comment.author
    return Post(
        external_id=comment.id,
        author_id=comment.author,
        handle=handle,
        name=comment.realname or handle,
        text=hypertext.words(comment.content),
        created_at=datetime.fromtimestamp(second(comment), UTC),
        in_reply_to=parent,
        root=root,
        ours=comment.author == us,
        url=comment.permalink or f"{SITE}{us}/{photo}/",
        ref={"photo": photo, "author": comment.author},
    )
