"""What the Graph API answers everywhere. Pure.

https://developers.facebook.com/docs/graph-api/reference
"""

from msgspec import Struct, field

FROM = {"from_": "from"}


class Person(Struct):
    """Somebody, by the id that they have for this account."""

    id: str = ""
    name: str = ""
    username: str = ""


class Cursors(Struct):
    """Where a page of a list ends."""

    after: str = ""


class Paging(Struct):
    """Where a list goes on; `next` is an address that the desk does not follow."""

    cursors: Cursors = field(default_factory=Cursors)
    next: str = ""


class People(Struct):
    """Who takes part."""

    data: list[Person] = []


class Account(Struct):
    """The Instagram account of a Page."""

    id: str = ""
    username: str = ""
    name: str = ""


class Page(Struct):
    """A Page; with its own token, of /me/accounts."""

    id: str
    name: str = ""
    username: str = ""
    link: str = ""
    access_token: str = ""
    instagram_business_account: Account = field(default_factory=Account)


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
