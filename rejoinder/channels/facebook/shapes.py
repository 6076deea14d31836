"""What the Graph API answers (https://developers.facebook.com/docs/graph-api/reference). Pure."""

from msgspec import Struct, field

FROM = {"from_": "from"}


class Person(Struct):
    """Somebody, by the id that they have for this Page."""

    id: str = ""
    name: str = ""


class Cursors(Struct):
    """Where a page of a list ends."""

    after: str = ""


class Paging(Struct):
    """Where a list goes on; `next` is an address that the desk does not follow."""

    cursors: Cursors = field(default_factory=Cursors)
    next: str = ""


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


class People(Struct):
    """Who takes part."""

    data: list[Person] = []


class Conversation(Struct):
    """What one person and the Page wrote each other."""

    id: str
    participants: People = field(default_factory=People)
    messages: Messages | None = None


class Conversations(Struct):
    """A page of them."""

    data: list[Conversation]


class Page(Struct):
    """The Page itself; with its own token, of /me/accounts."""

    id: str
    name: str = ""
    username: str = ""
    link: str = ""
    access_token: str = ""


class Pages(Struct):
    """Those of whoever let us in."""

    data: list[Page]


class Token(Struct):
    """Of /oauth/access_token."""

    access_token: str


class About(Struct):
    """What is known of a token; the moments are Unix seconds, 0 for none."""

    is_valid: bool = False
    scopes: list[str] = []
    expires_at: int = 0
    data_access_expires_at: int = 0


class Debugged(Struct):
    """Of /debug_token."""

    data: About


class Made(Struct):
    """The id of a new comment."""

    id: str


class Delivered(Struct):
    """The answer to a message."""

    message_id: str
    recipient_id: str = ""


class Done(Struct):
    """The answer to a change."""

    success: bool


class Fault(Struct):
    """A refusal."""

    message: str = ""
    code: int = 0
    error_subcode: int = 0
    is_transient: bool = False


class Faulty(Struct):
    """An answer that is one."""

    error: Fault = field(default_factory=Fault)
