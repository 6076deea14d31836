"""What the YouTube Data API v3 answers (https://developers.google.com/youtube/v3/docs). Pure."""

from msgspec import Struct, field


class Author(Struct):
    """The channel of whoever wrote a comment."""

    value: str = ""


class Said(Struct, rename="camel"):
    """The snippet of a comment."""

    text_display: str = ""
    text_original: str = ""
    author_display_name: str = ""
    author_channel_id: Author = field(default_factory=Author)
    video_id: str = ""
    channel_id: str = ""
    parent_id: str = ""
    published_at: str = ""
    moderation_status: str = ""  # told to the owner of the channel alone


class Comment(Struct):
    """A comment; a reply has its thread's id before a dot."""

    id: str
    snippet: Said = field(default_factory=Said)


class Thread(Struct, rename="camel"):
    """The snippet of a thread."""

    top_level_comment: Comment
    total_reply_count: int = 0
    video_id: str = ""
    channel_id: str = ""


class Replies(Struct):
    """Some of a thread's replies, not all where they are many."""

    comments: list[Comment] = []


class CommentThread(Struct):
    """A comment with its replies."""

    id: str
    snippet: Thread
    replies: Replies = field(default_factory=Replies)


class Threads(Struct, rename="camel"):
    """A page of commentThreads.list."""

    items: list[CommentThread]
    next_page_token: str = ""


class Comments(Struct, rename="camel"):
    """A page of comments.list."""

    items: list[Comment]
    next_page_token: str = ""


class About(Struct, rename="camel"):
    """The snippet of a channel."""

    title: str = ""
    custom_url: str = ""


class Channel(Struct):
    """A channel of the account."""

    id: str
    snippet: About = field(default_factory=About)


class Channels(Struct):
    """Of channels.list."""

    items: list[Channel] = []


class Tokens(Struct):
    """Of Google's token endpoint."""

    access_token: str
    refresh_token: str = ""


class Reason(Struct):
    """One of the reasons of a refusal."""

    reason: str = ""
    message: str = ""


class Fault(Struct):
    """A refusal."""

    code: int = 0
    message: str = ""
    errors: list[Reason] = []


class Faulty(Struct):
    """An answer that is one; the token endpoint writes a word instead."""

    error: Fault | str = field(default_factory=Fault)
    error_description: str = ""
