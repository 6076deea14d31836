"""What the Graph API answers (https://developers.facebook.com/docs/graph-api/reference). Pure."""

from msgspec import Struct, field

from rejoinder.channels.graph.shapes import FROM, Paging, People, Person


class Picture(Struct):
    """Of an attachment."""

    src: str = ""


class Shown(Struct):
    """What an attachment shows."""

    image: Picture = field(default_factory=Picture)


class Attachment(Struct):
    """What came with a comment."""

    type: str = ""
    media: Shown = field(default_factory=Shown)


class Parent(Struct):
    """The comment that a reply stands below."""

    id: str


class Comment(Struct, rename=FROM):
    """A comment or a reply. `from` is missing where its author is gone or not to be seen."""

    id: str
    message: str = ""
    from_: Person = field(default_factory=Person)
    created_time: str = ""
    permalink_url: str = ""
    parent: Parent | None = None
    attachment: Attachment = field(default_factory=Attachment)
    is_hidden: bool | None = None  # a webhook does not tell


class Comments(Struct):
    """A page of them."""

    data: list[Comment]
    paging: Paging = field(default_factory=Paging)


class Entry(Struct, rename=FROM):
    """A post of the Page, or a visitor's on it."""

    id: str
    message: str = ""
    from_: Person = field(default_factory=Person)
    created_time: str = ""
    permalink_url: str = ""
    comments: Comments | None = None


class Feed(Struct):
    """A page of posts."""

    data: list[Entry]


class Message(Struct, rename=FROM):
    """One message of a conversation."""

    id: str
    message: str = ""
    from_: Person = field(default_factory=Person)
    created_time: str = ""


class Messages(Struct):
    """A page of them."""

    data: list[Message]
    paging: Paging = field(default_factory=Paging)


class Conversation(Struct):
    """What one person and the Page wrote each other."""

    id: str
    participants: People = field(default_factory=People)
    messages: Messages | None = None


class Conversations(Struct):
    """A page of them."""

    data: list[Conversation]
