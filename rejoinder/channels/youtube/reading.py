"""Comments as posts, and whom our answers name. Pure.

A thread has one level: whoever answers a reply answers the thread, and names the person as
YouTube's own page does.
"""

from datetime import UTC, datetime
from hashlib import blake2s

from rejoinder.channels.contract import Kind, Post
from rejoinder.channels.youtube.shapes import Comment

SITE = "https://www.youtube.com"


def post(comment: Comment, us: str, kind: Kind = "post", *, held: bool = False) -> Post:
    """A comment or a reply; `held` is one that waits for a moderator."""
    said = comment.snippet
    parent = said.parent_id
    reply = {"reply": True} if parent else {}
    return Post(
        external_id=comment.id,
        kind=kind,
        author_id=said.author_channel_id.value,
        handle=said.author_display_name,
        name=said.author_display_name,
        text=words(comment),
        created_at=moment(said.published_at),
        in_reply_to=parent or None,
        root=parent or comment.id,
        ours=said.author_channel_id.value == us,
        url=address(said.video_id, comment.id),
        ref={"thread": parent or comment.id, "video": said.video_id, **reply}
        | ({"held": True} if held else {}),
    )


def words(comment: Comment) -> str:
    """As they were written where we may see that, else as they are shown."""
    return comment.snippet.text_original or comment.snippet.text_display


def address(video: str, comment: str) -> str:
    """The page on which a comment is shown first."""
    return f"{SITE}/watch?v={video}&lc={comment}" if video else SITE


def prefix(handle: str, *, reply: bool) -> str:
    """What stands before our words: a reply's writer, since a thread has one level."""
    if not reply or not handle:
        return ""
    return f"{handle} " if handle.startswith("@") else f"@{handle} "


def mark(comment: Comment) -> str:
    """The same for the same words."""
    return blake2s(words(comment).encode(errors="replace"), digest_size=6).hexdigest()


def moment(text: str) -> datetime | None:
    """A time of the API, UTC; None where it cannot be read."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
