"""What the Graph API answers of Instagram. Pure.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference
"""

from typing import Optional

from msgspec import Struct, field

from rejoinder.channels.graph.shapes import FROM, Account, Paging, People, Person


class Media(Struct):
    """A picture or film; of others `caption` comes without the @ before our name."""

    id: str
    caption: str = ""
    timestamp: str = ""
    permalink: str = ""
    username: str = ""
    media_type: str = ""
    media_url: str = ""
    comments_count: int = 0
    comments: Optional["Comments"] = None


class Medias(Struct):
    """A page of them."""

    data: list[Media]
    paging: Paging = field(default_factory=Paging)


class Comment(Struct, rename=FROM):
    """A comment or a reply.

    `from` is missing where its author is gone or not to be seen; `user` is there on our own alone.
    """

    id: str
    text: str = ""
    timestamp: str = ""
    from_: Person = field(default_factory=Person)
    username: str = ""
    user: Person = field(default_factory=Person)
    parent_id: str = ""
    hidden: bool | None = None  # a webhook does not tell
    media: Media | None = None
    replies: Optional["Comments"] = None


class Comments(Struct):
    """A page of them."""

    data: list[Comment]
    paging: Paging = field(default_factory=Paging)


class Named(Struct):
    """A comment or a caption that names us, as it is asked of our account."""

    mentioned_comment: Comment | None = None
    mentioned_media: Media | None = None


class Linked(Struct):
    """A Page with its Instagram account."""

    id: str
    instagram_business_account: Account = field(default_factory=Account)


class Picture(Struct):
    """Where a picture or film of a message is."""

    url: str = ""


class Attachment(Struct):
    """What came with a message."""

    image_data: Picture = field(default_factory=Picture)
    video_data: Picture = field(default_factory=Picture)


class Attachments(Struct):
    """All of it."""

    data: list[Attachment] = []


class Message(Struct, rename=FROM):
    """One message of a conversation."""

    id: str
    message: str = ""
    from_: Person = field(default_factory=Person)
    created_time: str = ""
    attachments: Attachments = field(default_factory=Attachments)


class Messages(Struct):
    """A page of them."""

    data: list[Message]


class Talk(Struct):
    """What one person and we wrote each other."""

    id: str
    participants: People = field(default_factory=People)
    messages: Messages | None = None


class Talks(Struct):
    """A page of them."""

    data: list[Talk]
