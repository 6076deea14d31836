"""Comments, captions and messages as posts of the desk. Pure."""

import re

from msgspec import Struct

from rejoinder.channels.contract import Kind, Media, Post
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.shapes import Person
from rejoinder.channels.instagram import shapes

SITE = "https://www.instagram.com"
INBOX = f"{SITE}/direct/inbox/"
NOBODY = "Instagram user"  # where Instagram does not tell who wrote


class Us(Struct, frozen=True):
    """Our account."""

    id: str
    handle: str

    def wrote(self, who: Person, username: str = "") -> bool:
        """Whether somebody is us."""
        named = who.username or username
        return who.id == self.id or (bool(named) and named == self.handle)


def comment(
    said: shapes.Comment, us: Us, link: str = "", kind: Kind = "post", *, live: bool = False
) -> Post:
    """A comment below our media, which begins a thread, or a reply in one."""
    top = said.parent_id or said.id
    ref = {"id": said.id, "top": top, "from": said.from_.id, "at": said.timestamp}
    return Post(
        external_id=said.id,
        kind=kind,
        author_id=_author(said.from_, said.username, said.id),
        handle=said.from_.username or said.username or NOBODY,
        text=said.text,
        created_at=moment(said.timestamp),
        in_reply_to=said.parent_id or None,
        root=top,
        ours=said.user.id == us.id or us.wrote(said.from_, said.username),
        url=link or page(us.handle),
        shown=None if said.hidden is None else not said.hidden,
        ref={**ref, "live": True} if live else ref,
    )


def mention(said: shapes.Comment, us: Us, media: str) -> Post:
    """A comment below somebody else's media that names us; whose it is may not be told."""
    link = said.media.permalink if said.media else ""
    return Post(
        external_id=said.id,
        author_id=_author(said.from_, said.username, said.id),
        handle=said.username or NOBODY,
        text=said.text,
        created_at=moment(said.timestamp),
        root=said.id,
        ours=us.wrote(said.from_, said.username),
        url=link or SITE,
        ref={"id": said.id, "mention": media, "at": said.timestamp},
    )


def caption(shown: shapes.Media, us: Us, kind: Kind = "post", *, named: bool = False) -> Post:
    """Somebody else's media with our name in its caption, or with us tagged in the picture alone.

    `named` says that Instagram itself told that the caption names us.
    """
    named = named or names(shown.caption, us.handle)
    film = shown.media_type == "VIDEO"
    media = Media("video" if film else "image", shown.media_url) if shown.media_url else None
    return Post(
        external_id=shown.id,
        kind=kind,
        author_id=_author(Person(), shown.username, shown.id),
        handle=shown.username or NOBODY,
        text=shown.caption,
        created_at=moment(shown.timestamp),
        root=shown.id,
        ours=us.wrote(Person(), shown.username),
        url=shown.permalink or SITE,
        media=(media,) if media else (),
        ref={"id": shown.id, "caption" if named else "tag": True, "at": shown.timestamp},
    )


def message(said: shapes.Message, us: Us, other: Person, kind: Kind = "post") -> Post:
    """A message; `other` is the person in this conversation, whoever wrote it."""
    ours = us.wrote(said.from_)
    who = Person(us.id, username=us.handle) if ours else said.from_
    handle = who.username or (other.username if who.id == other.id else "") or NOBODY
    return Post(
        external_id=said.id,
        kind=kind,
        author_id=_author(who, "", said.id),
        handle=handle,
        text=said.message,
        created_at=moment(said.created_time),
        root=f"with:{other.id}",
        ours=ours,
        public=False,
        url=INBOX,
        media=tuple(_media(said.attachments)),
        ref={"with": other.id},
    )


def page(handle: str) -> str:
    """Somebody's own page."""
    return f"{SITE}/{handle}/" if handle else SITE


def names(text: str, handle: str) -> bool:
    """Whether a caption names an account; the @ before it may have been left out."""
    own = rf"(?<![\w.])@?{re.escape(handle)}(?![\w.]*\w)"
    return bool(handle) and re.search(own, text, re.IGNORECASE) is not None


def _author(who: Person, username: str, number: str) -> str:
    """Whom Instagram hides are not taken for one and the same."""
    named = who.username or username
    return who.id or (f"@{named}" if named else f"unknown:{number}")


def _media(found: shapes.Attachments) -> list[Media]:
    images = [Media("image", each.image_data.url) for each in found.data if each.image_data.url]
    films = [Media("video", each.video_data.url) for each in found.data if each.video_data.url]
    return images + films
