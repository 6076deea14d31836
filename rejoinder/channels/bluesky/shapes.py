"""What Bluesky's servers answer, as far as the desk reads it (lexicons app.bsky, com.atproto).

Unknown fields are passed over; a shape that does not fit is msgspec.ValidationError.
"""

from typing import Any

import msgspec
from msgspec import Raw, Struct, field


class Fault(Struct):
    """The body of a refusal: a name for programs and words for people."""

    error: str = ""
    message: str = ""


class Tokens(Struct, rename="camel"):
    """The answer to a sign-in or a renewal."""

    access_jwt: str
    refresh_jwt: str


class Session(Struct):
    """Who a token belongs to."""

    did: str
    handle: str


class Label(Struct):
    """What a labeller says of a post or an account; what an author says has a value alone."""

    val: str = ""
    src: str = ""
    uri: str = ""
    neg: bool = False


class SelfLabels(Struct):
    """What an author says of what they wrote."""

    values: list[Label] = []


class Author(Struct, rename="camel"):
    """Somebody, as views show them."""

    did: str
    handle: str = ""
    display_name: str = ""
    labels: list[Label] = []


class View(Struct, rename="camel"):
    """A post as a notification or a search shows it; the record is what its author signed."""

    uri: str
    cid: str
    author: Author
    record: Raw
    indexed_at: str = ""
    reason: str = ""
    labels: list[Label] = []


class Notifications(Struct):
    """One page of listNotifications."""

    notifications: list[View]
    cursor: str = ""


class Posts(Struct):
    """One page of searchPosts, or the answer of getPosts."""

    posts: list[View]
    cursor: str = ""


class Own(Struct):
    """One record of our own repository."""

    uri: str
    cid: str
    value: Raw


class Records(Struct):
    """One page of listRecords."""

    records: list[Own]
    cursor: str = ""


class Written(Struct):
    """The answer to createRecord, and the part of getRecord that names the version."""

    uri: str
    cid: str


class Uploaded(Struct):
    """The answer to uploadBlob: what a record names the file by."""

    blob: dict[str, Any]


class Profile(Struct, rename="camel"):
    """Our own profile record."""

    display_name: str = ""


class ProfileRecord(Struct):
    """getRecord of the profile."""

    value: Profile


class Kept(Struct):
    """getRecord of the profile as it is, with the version that a change names."""

    value: dict[str, Any]
    cid: str = ""


class Resolved(Struct):
    """The answer to resolveHandle."""

    did: str


class Commit(Struct):
    """A record made, changed or deleted; a deletion brings no record."""

    operation: str
    collection: str
    rkey: str
    cid: str = ""
    record: Raw = Raw(b"null")


class Event(Struct):
    """One message of a Jetstream; what is no commit concerns identities and accounts."""

    did: str
    time_us: int
    commit: Commit | None = None


class Profiles(Struct):
    """The answer of getProfiles."""

    profiles: list[Author]


class Sender(Struct):
    """Who wrote a message."""

    did: str = ""


class Above(Struct):
    """The message that another one answers, as it is shown or as it is named."""

    id: str = ""


class Message(Struct, rename="camel"):
    """A private message; one that was taken back has no text."""

    id: str
    text: str = ""
    sent_at: str = ""
    sender: Sender = field(default_factory=Sender)
    reply_to: Above = field(default_factory=Above)


class LogLine(Struct, rename="camel"):
    """One thing that happened to our conversations; most need nothing of us."""

    kind: str = field(name="$type", default="")
    rev: str = ""
    convo_id: str = ""
    message: Message = field(default_factory=lambda: Message(""))
    related_profiles: list[Author] = []

    @property
    def written(self) -> bool:
        """Whether it is a new message."""
        return self.kind.endswith("#logCreateMessage")

    @property
    def gone(self) -> bool:
        """Whether it is the end of one."""
        return self.kind.endswith("#logDeleteMessage")


class Log(Struct):
    """One page of chat.bsky.convo.getLog."""

    logs: list[LogLine]
    cursor: str = ""


class Convo(Struct):
    """A conversation, as far as it is read."""

    id: str
    rev: str = ""
    members: list[Author] = []


class ConvoFound(Struct):
    """The answer of getConvo and getConvoForMembers."""

    convo: Convo


class Convos(Struct):
    """One page of listConvos."""

    convos: list[Convo]


class Messages(Struct):
    """One page of getMessages, newest first."""

    messages: list[Message]


class Link(Struct):
    """A post named exactly: where it is and which version."""

    uri: str = ""
    cid: str = ""


class Reply(Struct):
    """Where a post stands in its thread."""

    root: Link = field(default_factory=Link)
    parent: Link = field(default_factory=Link)


class Record(Struct, rename="camel"):
    """What an author wrote. Anybody may write anything here, so every field may be missing."""

    text: str = ""
    created_at: str = ""
    langs: list[str] = []
    reply: Reply | None = None
    facets: list[dict[str, Any]] = []
    embed: dict[str, Any] = {}
    labels: SelfLabels | None = None


def record(raw: Raw) -> Record:
    """The record as far as it can be read; one strange field does not cost us the words."""
    try:
        return msgspec.json.decode(raw, type=Record)
    except msgspec.ValidationError:
        return _what_fits(msgspec.json.decode(raw))


def _what_fits(found: Any) -> Record:
    result = Record()
    for spec in msgspec.structs.fields(Record):
        try:
            value = msgspec.convert(found[spec.encode_name], spec.type)
        except (msgspec.ValidationError, KeyError, TypeError):
            continue
        setattr(result, spec.name, value)
    return result
