"""Comments as posts, and whom our answers name. Pure.

A thread has one level: whoever answers a reply answers the thread, and names the person as
YouTube's own page does.
"""

from datetime import UTC, datetime
from hashlib import blake2s

from rejoinder.channels.contract import Kind, Post
from rejoinder.channels.youtube.shapes import Comment

SITE = "https://www.youtube.com"
HELD = frozenset({"heldForReview", "likelySpam", "rejected"})


def post(comment: Comment, us: str, kind: Kind = "post") -> Post:
    """A comment or a reply."""
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
        shown=not is_held(comment),
        ref={"thread": parent or comment.id, "video": said.video_id, **reply},
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


def is_held(comment: Comment) -> bool:
    """Whether others do not see it: it waits for a moderator, or one said no."""
    return comment.snippet.moderation_status in HELD


def mark(comment: Comment) -> str:
    """The same for the same words, held or not."""
    found = blake2s(words(comment).encode(errors="replace"), digest_size=6).hexdigest()
    return found + "h" if is_held(comment) else found


def moment(text: str) -> datetime | None:
    """A time of the API, UTC; None where it cannot be read."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
