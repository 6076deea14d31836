"""From a server's statuses to posts as the desk hears them. Pure.

A post is known by the address its own server gave it (ActivityPub's id): the number a server gives
it is another one elsewhere, and on some servers another one after an edit.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal

from rejoinder.channels import hypertext
from rejoinder.channels.contract import Kind, Media, Post
from rejoinder.channels.mastodon import shapes

PUBLIC = ("public", "unlisted")
_MEDIA: dict[str, Literal["image", "video", "audio"]] = {
    "image": "image",
    "gifv": "video",
    "video": "video",
    "audio": "audio",
}


def post(
    status: shapes.Status,
    us: str,
    domain: str,
    *,
    above: tuple[str, str] | None = None,
    tagged: bool = True,
    kind: Kind = "post",
) -> Post:
    """One status as a post; `us` is our number on the server, `above` what it answers and the root.

    A content warning stands before the words, as readers meet it.
    """
    parent, root = above or (None, None)
    return Post(
        external_id=status.uri,
        kind=kind,
        author_id=full(status.account, domain),
        handle=full(status.account, domain),
        name=status.account.display_name,
        text=text(status),
        created_at=moment(status.created_at),
        in_reply_to=parent,
        root=root,
        tagged=tagged,
        public=status.visibility in PUBLIC,
        ours=status.account.id == us,
        url=status.url or status.uri,
        language=status.language or "",
        media=tuple(_media(status.media_attachments)),
        followers=status.account.followers_count,
        ref={"id": status.id, "visibility": status.visibility}
        | ({"warning": status.spoiler_text} if status.spoiler_text else {}),
    )


def text(status: shapes.Status) -> str:
    """The warning, and the words below it."""
    words = hypertext.words(status.content)
    return f"[{status.spoiler_text}]\n\n{words}".strip() if status.spoiler_text else words


def full(account: shapes.Account, domain: str) -> str:
    """A handle with its host, which a server leaves out for its own people."""
    name = account.acct or account.username
    return name if "@" in name or not domain else f"{name}@{domain}"


def version(status: shapes.Status) -> str:
    """What changes when a post is edited."""
    return status.edited_at or ""


def moment(text: str) -> datetime | None:
    """A time as servers write it, in UTC; None when it is not one."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _media(attachments: Iterable[shapes.Attachment]) -> Iterator[Media]:
    for each in attachments:
        if url := each.url or each.remote_url:
            yield Media(_MEDIA.get(each.type, "file"), url, each.description or "")
