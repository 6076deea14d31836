"""What a server of the fediverse answers, as far as the desk reads it (docs.joinmastodon.org).

Mastodon, GoToSocial, Pleroma, snac and others speak it with gaps of their own: what is not surely
there has a default. Ids are opaque. Unknown fields are passed over.
"""

from msgspec import Struct, field


class Fault(Struct):
    """The body of a refusal; the second line is OAuth's."""

    error: str = ""
    error_description: str = ""


class Account(Struct):
    """Somebody. `acct` has no host where it is one of the server's own."""

    id: str
    acct: str = ""
    username: str = ""
    display_name: str = ""
    url: str = ""
    note: str = ""
    indexable: bool | None = None
    noindex: bool | None = None
    discoverable: bool | None = None
    bot: bool | None = None
    followers_count: int | None = None


class Attached(Struct):
    """A picture or film of ours that was brought to the server."""

    id: str


class Attachment(Struct):
    """A picture or film beside a post."""

    type: str = ""
    url: str | None = None
    remote_url: str | None = None
    description: str | None = None


class Named(Struct):
    """Somebody a post names."""

    id: str = ""
    acct: str = ""
    url: str = ""


class Status(Struct):
    """A post. `uri` names it everywhere, `id` on this server only, on some until it is edited."""

    id: str
    uri: str
    account: Account
    content: str = ""
    created_at: str = ""
    url: str | None = None
    visibility: str = "public"
    spoiler_text: str = ""
    language: str | None = None
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    edited_at: str | None = None
    mentions: list[Named] = []
    media_attachments: list[Attachment] = []
    pinned: bool | None = None


class Timeline(Status):
    """A post on a timeline; with a `reblog` it is somebody handing on another's."""

    reblog: Status | None = None


class Notification(Struct):
    """Something that concerns us; only mentions are asked for."""

    id: str
    type: str
    created_at: str = ""
    status: Status | None = None


class Context(Struct):
    """What is above and below a post in its thread, each from old to new."""

    ancestors: list[Status] = []
    descendants: list[Status] = []


class Source(Struct):
    """The words of a post of ours as we wrote them."""

    text: str
    spoiler_text: str = ""


class Found(Struct):
    """The answer of a search."""

    statuses: list[Timeline] = []


class Statuses(Struct):
    """How long a post may be there."""

    max_characters: int = 500
    characters_reserved_per_url: int = 23


class Files(Struct):
    """How large a film may be there, in bytes."""

    video_size_limit: int | None = None


class Urls(Struct):
    """Where a server streams; for WebSockets, and by events too."""

    streaming: str = ""


class Configuration(Struct):
    """The part of a server's description that concerns posts, and where it streams."""

    urls: Urls = field(default_factory=Urls)
    statuses: Statuses = field(default_factory=Statuses)
    media_attachments: Files = field(default_factory=Files)


class Rule(Struct):
    """One rule of a server."""

    text: str = ""


class Instance(Struct):
    """A server, in the second version of its description or the first."""

    domain: str = ""
    uri: str = ""
    title: str = ""
    configuration: Configuration = field(default_factory=Configuration)
    max_toot_chars: int | None = None
    rules: list[Rule] = []


class App(Struct):
    """The desk as the server knows it from now on."""

    client_id: str
    client_secret: str


class Token(Struct):
    """The right to act as an account."""

    access_token: str


class Metadata(Struct):
    """What a server's OAuth can (RFC 8414)."""

    code_challenge_methods_supported: list[str] = []
    scopes_supported: list[str] = []
