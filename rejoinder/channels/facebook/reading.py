"""Comments, visitors' posts and messages as posts of the desk. Pure."""

from rejoinder.channels.contract import Kind, Media, Post
from rejoinder.channels.facebook.shapes import Comment, Entry, Message
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.shapes import Person

SITE = "https://www.facebook.com"
NOBODY = "Facebook user"  # where Facebook does not tell who wrote


def comment(said: Comment, us: str, kind: Kind = "post", *, below: Entry | None = None) -> Post:
    """A comment or a reply; `below` is the post it stands on.

    A comment on a post of ours begins a thread; one on a visitor's post belongs to that thread.
    """
    above = said.parent.id if said.parent else ""
    visitor = below is not None and below.from_.id not in {"", us}
    over = above or (below.id if below is not None and visitor else "")
    picture = said.attachment.media.image.src
    return Post(
        external_id=said.id,
        kind=kind,
        author_id=_author(said.from_, said.id),
        handle=said.from_.name or NOBODY,
        name=said.from_.name or NOBODY,
        text=said.message,
        created_at=moment(said.created_time),
        in_reply_to=over or None,
        root=over or said.id,
        ours=said.from_.id == us,
        url=said.permalink_url or address(said.id),
        media=(Media("image", picture),) if picture else (),
        shown=None if said.is_hidden is None else not said.is_hidden,
        ref={
            "id": said.id,
            "top": over or said.id,
            "from": said.from_.id,
            "at": said.created_time,
        },
    )


def entry(said: Entry, us: str, kind: Kind = "post") -> Post:
    """What a visitor posted on the Page, or a post that names it."""
    return Post(
        external_id=said.id,
        kind=kind,
        author_id=_author(said.from_, said.id),
        handle=said.from_.name or NOBODY,
        name=said.from_.name or NOBODY,
        text=said.message,
        created_at=moment(said.created_time),
        root=said.id,
        ours=said.from_.id == us,
        url=said.permalink_url or address(said.id),
        ref={
            "id": said.id,
            "top": said.id,
            "from": said.from_.id,
            "at": said.created_time,
            "post": True,
        },
    )


def message(said: Message, us: str, other: str) -> Post:
    """A message; `other` is the person in this conversation, whoever wrote it."""
    return Post(
        external_id=said.id,
        author_id=_author(said.from_, said.id),
        handle=said.from_.name or NOBODY,
        name=said.from_.name or NOBODY,
        text=said.message,
        created_at=moment(said.created_time),
        root=f"with:{other}",
        ours=said.from_.id == us,
        public=False,
        url=f"{SITE}/messages",
        ref={"with": other},
    )


def _author(who: Person, number: str) -> str:
    """Whom Facebook hides are not taken for one and the same."""
    return who.id or f"unknown:{number}"


def address(number: str) -> str:
    """The page on which something stands."""
    return f"{SITE}/{number}"
