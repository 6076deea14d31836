"""The contract every channel keeps: plain data in, plain data out, and two ways to say no.

Pure: no framework, no clock, no network. `docs/extend/channel.md` walks through writing one.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

import msgspec

from rejoinder.plumbing.answer import Answer

Kind = Literal["post", "edit", "delete"]
Alignment = Literal["sliding", "fixed"]
Scope = Literal["account", "app", "conversation"]
PRIVATE = "private"  # the kind of a reply that only its reader sees
BY_HAND = "by hand"  # the kind of a reply that a person sends on the platform's own page
PUBLICATION = "publication"  # the kind of a publication with all that it takes, its pin too


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Media(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture or film that came with a post: where it is, what it shows in words."""

    kind: Literal["image", "video", "audio", "file"]
    url: str
    alt: str = ""


class Contact(msgspec.Struct, frozen=True):
    """Where a person can be reached, as they told it; the desk seals it before it keeps a row."""

    kind: Literal["email", "phone", "address"]
    value: str


class Post(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing heard: a post, or the news that one was edited or deleted.

    `external_id` is the platform's own id, unique in its channel. `in_reply_to` and `root` are
    such ids too; `root` is None when the platform does not tell it. `ref` is what the channel
    itself needs to answer this post (for Bluesky the cid); nobody else reads it. `contacts` belong
    to the author and stand nowhere else in the post, where they would be kept in the open. What is
    `automatic` a machine wrote, such as an out-of-office notice: kept, and nobody waits for it.
    For a deletion only `external_id` and `kind` count.
    """

    external_id: str
    kind: Kind = "post"
    author_id: str = ""
    handle: str = ""
    name: str = ""
    text: str = ""
    created_at: datetime | None = None
    in_reply_to: str | None = None
    root: str | None = None
    tagged: bool = True
    public: bool = True
    ours: bool = False
    url: str = ""
    language: str = ""
    media: tuple[Media, ...] = ()
    contacts: tuple[Contact, ...] = ()
    automatic: bool = False
    ref: dict[str, Any] = {}


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A reply as the channel sees it: the words, and the post they answer.

    `private` is for its reader's eyes alone: what was private is answered so where the channel
    `Can(private=True)`, and what was public may be.
    `contact` is where its person can be reached, where the channel asks for it (`Channel.contact`)
    and they told; it is opened for each try and kept nowhere.
    """

    text: str
    to: str
    root: str
    to_handle: str = ""
    ref: dict[str, Any] = {}
    root_ref: dict[str, Any] = {}
    contact: str = ""
    language: str = ""
    private: bool = False
    created_at: datetime


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A public answer as the channel sees it, to be published or, once it is, brought up to date.

    `text` is the short form for networks of short posts, counted with `reply=False`; `html` the
    whole answer, of headings, paragraphs, lists and links, already safe. `url` is the desk's own
    page of it. `external_id` and `ref` are those of the receipt when it was published before:
    what stands there is to say this from now on. `pin` keeps it at the top.
    """

    title: str
    text: str
    html: str = ""
    summary: str = ""
    url: str = ""
    language: str = ""
    pin: bool = False
    external_id: str = ""
    ref: dict[str, Any] = {}
    created_at: datetime


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform told of one of our limits with an answer; None is what it did not tell.

    `name` is that of a limit the channel declares, `window` its length in seconds: which of them
    are told says which limit is meant. `limit` and `remaining` are in the limit's unit, after this
    call was counted; `share_used` (0 to 1) stands for both where a platform gives percentages.
    """

    name: str = ""
    window: float | None = None
    limit: float | None = None
    remaining: float | None = None
    share_used: float | None = None
    resets_at: datetime | None = None


class Returned(msgspec.Struct, frozen=True):
    """The news that a reply of ours, named by the id of its receipt, did not reach its person."""

    external_id: str
    words: str


class Heard(msgspec.Struct, frozen=True):
    """What one listening brought, and where to go on; `more` says that asking at once pays.

    `observed` is what was told of our limits beside it, of those on replying alone; `returned` are
    replies of ours that had left and came back.
    """

    posts: Sequence[Post]
    cursor: dict[str, Any]
    more: bool = False
    observed: tuple[Observed, ...] = ()
    returned: tuple[Returned, ...] = ()


class Receipt(msgspec.Struct, frozen=True):
    """The platform has it. Each end of a send may say what was `observed` of the limits.

    `words` say what of a publication did not come with it, such as its pin.
    """

    external_id: str
    url: str = ""
    ref: dict[str, Any] = {}
    words: str = ""
    observed: tuple[Observed, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """The platform said no, for good; `words` are its own."""

    words: str
    observed: tuple[Observed, ...] = ()


class TryLater(msgspec.Struct, frozen=True):
    """Not now, and nothing was posted. `after` is seconds; `limited` means that a limit said so."""

    after: float
    words: str
    limited: bool = False
    observed: tuple[Observed, ...] = ()


class Uncertain(msgspec.Struct, frozen=True):
    """No answer came: it may be out. Read our own timeline before trying again."""

    words: str
    observed: tuple[Observed, ...] = ()


Sent = Receipt | Refused | TryLater | Uncertain


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook brought, and what its platform is answered.

    `delivery` is the same for each copy of one delivery: the desk takes the first and refuses the
    others, unless it is empty, as for a challenge that may be asked again and again.
    """

    response: Answer
    posts: Sequence[Post] = ()
    delivery: str = ""


class TroubleError(Exception):
    """Listening or checking failed. `words` say what happened; try again in `after` seconds."""

    def __init__(self, words: str, after: float = 30.0, *, permanent: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.after = after
        self.permanent = permanent


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """At most `cap` of `unit` in `window` seconds.

    A *sliding* window holds at any moment; a *fixed* one starts anew at multiples of its length
    since the Unix epoch, moved on by `offset` seconds. `cost` is what one reply takes, `costs` what
    kinds of it take that differ (`Channel.kind_of`, PRIVATE, BY_HAND): a price is such a cost, and
    a limit of private replies alone costs 0 and has a cost for that kind.
    A publication costs what PUBLICATION does, else what its words make it as a reply.
    `scope` "app" is shared by the accounts of a channel, "conversation" holds in each of them.
    `all_clients` False counts only what this desk sends. What is not `published` is an estimate.
    From `valid_from` on it takes the place of one of the same name, until `valid_to`.
    """

    name: str
    cap: float
    window: float
    unit: str = "posts"
    cost: float = 1
    costs: dict[str, float] = {}
    alignment: Alignment = "sliding"
    offset: float = 0
    scope: Scope = "account"
    all_clients: bool = True
    published: bool = True
    valid_from: datetime | None = None
    valid_to: datetime | None = None


class Count(msgspec.Struct, frozen=True):
    """How long a text is as the platform counts, for the rule nearest its end."""

    used: int
    allowed: int
    ok: bool


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to fill in when an account is connected."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""


class Can(msgspec.Struct, frozen=True, kw_only=True):
    """What a channel can do. `reads_back` means that an uncertain send can be looked up."""

    reply: bool = True
    private: bool = False
    edit: bool = False
    delete: bool = False
    publish: bool = False
    untagged: bool = False
    media_in: bool = False
    media_out: bool = False
    reads_back: bool = False
    by_hand: bool = False


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are on a platform, as it said when we connected.

    `learned` are settings that nobody fills in, such as how long a post may be on this server.
    """

    external_id: str
    handle: str
    name: str = ""
    url: str = ""
    learned: dict[str, str] = {}


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """One account of ours, opened: what was filled in, and who the platform says we are."""

    settings: dict[str, str]
    secrets: dict[str, str]
    external_id: str = ""
    handle: str = ""


class Authorization(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person allows the desk to act for an account, on the platform's own page.

    `kept` is what is needed when they come back, such as a verifier; the desk keeps it sealed.
    """

    url: str
    kept: dict[str, str] = {}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One result of a check: what was looked at, what was found, what to do."""

    what: str
    ok: bool
    words: str
    remedy: str = ""
    serious: bool = False


class Http(Protocol):
    """The guarded network, as a channel is given it. Raises `plumbing.answer.NoAnswerError`."""

    def call(
        self,
        method: str,
        url: str,
        *,
        header: dict[str, str] | None = None,
        query: dict[str, str | int | list[str]] | None = None,
        json: Any = None,
        content: bytes | None = None,
        timeout: float = 30.0,
    ) -> Answer:
        """One call. Follows no redirect, keeps at most 10 MB of the answer.

        Sends `json`, or `content` as it stands.
        """
        ...


class Flow(Protocol):
    """An answer that goes on; what nobody takes is not read, so that the platform waits."""

    status: int
    header: dict[str, str]

    def take(self, within: float) -> bytes:
        """What came, empty when nothing does in so long. Raises NoAnswerError at its end."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@runtime_checkable
class Streams(Protocol):
    """A network that can also follow an answer that goes on, as the desk's own can."""

    def stream(self, url: str, *, header: dict[str, str], quiet: float) -> Flow:
        """It is over when nothing comes for `quiet` seconds. Raises NoAnswerError."""
        ...


class Channel(ABC):
    """One platform. A folder in `channels/` whose `__init__` names its class `channel`."""

    name: ClassVar[str]
    label: ClassVar[str]
    glyph: ClassVar[str]  # an SVG path on a 16 px grid, stroke 1.5
    can: ClassVar[Can]
    form: ClassVar[tuple[Field, ...]]
    # What to do there first, a sentence each; {back} is the desk's address to come back to.
    steps: ClassVar[tuple[str, ...]] = ()
    practice: ClassVar[bool] = False  # a pretence, offered on a desk for practice only
    poll: ClassVar[float] = 2.0  # seconds between listenings when there is nothing more
    contact: ClassVar[str] = ""  # the kind of contact that is opened for `send`

    def __init__(
        self,
        connection: Connection,
        http: Http,
        keep: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        """`keep` stores renewed secrets, so that a token outlives this process."""
        self.connection = connection
        self.http = http
        self.keep = keep or (lambda secrets: None)

    @classmethod
    @abstractmethod
    def limits(cls) -> tuple[Limit, ...]:
        """The limits a new account starts from. Configuration: the desk keeps and corrects them."""

    @classmethod
    @abstractmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Count as the platform does."""

    @classmethod
    def count_for(
        cls,
        text: str,
        settings: Mapping[str, str],
        *,
        to: str = "",
        ref: Mapping[str, Any] = _NOTHING,
    ) -> Count:
        """Count a reply where its account or its reader make a difference.

        `settings` are those of the account, `to` is the reader's handle, `ref` that of the post.
        """
        return cls.count(text)

    @classmethod
    @abstractmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """A key that makes one send repeatable; the same for every try of one reply."""

    @classmethod
    def kind_of(cls, text: str) -> str:
        """The kind of a public reply with these words, where its limits name `costs` by kind."""
        return ""

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        """Where to send the browser of whoever connects; None where what was filled in is enough.

        The platform leads them to `back` with `state` in its query, by which the desk knows that
        it is the same person: another one's is refused before the channel sees it. Where a
        platform passes no state on, it belongs into the address given to it. Raises TroubleError.
        """
        return None

    @classmethod
    def finish_authorization(
        cls,
        connection: Connection,
        http: Http,
        *,
        back: str,
        kept: Mapping[str, str],
        query: Mapping[str, str],
    ) -> dict[str, str]:
        """The secrets that what they came back with is good for, beside those filled in.

        Raises TroubleError.
        """
        raise TroubleError(f"{cls.label} is connected with what is filled in.", permanent=True)

    @abstractmethod
    def identify(self) -> Identity:
        """Who we are there. Raises TroubleError with what to do when the account does not open."""

    @abstractmethod
    def listen(self, cursor: dict[str, Any]) -> Heard:
        """What is new since the cursor; `{}` starts at the present. Raises TroubleError."""

    @abstractmethod
    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """Post once. Never raises for what a platform or the network does."""

    @abstractmethod
    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Whether an earlier send arrived. Raises TroubleError when it cannot be told."""

    def publish(self, publication: Publication, key: str) -> Sent:
        """Publish once, or bring up to date what was; like `send`, it never raises."""
        return Refused(f"{self.label} takes no publications.")

    def find_published(self, publication: Publication, key: str) -> Receipt | None:
        """Whether an earlier try arrived, whole. Raises TroubleError when it cannot be told."""
        raise TroubleError(f"{self.label} takes no publications.", permanent=True)

    def receive(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Received:
        """What a platform sent to our address: nothing here is believed before it is proved.

        `headers` have lower-case names, `body` is as it came. Posts are those that a signature
        vouches for; what is wrong is answered with 4xx and brings none. Raises nothing.
        """
        return Received(response=Answer(404, {}, b""))

    @classmethod
    def by_hand(cls, outgoing: Outgoing, settings: Mapping[str, str]) -> str:
        """The platform's own page to write this reply on, where only a person may send it.

        Empty where a program may, which is the rule. `settings` are those of the account.
        """
        return ""

    def credentials_end(self) -> datetime | None:
        """When what we sign in with ends, if the platform lets one know; asks nobody."""
        return None

    def close(self) -> None:  # noqa: B027  # most hold nothing
        """Let go of what is held between two listenings, such as a stream."""

    def check(self) -> list[Finding]:
        """What `rejoinder doctor` asks this account; read-only."""
        try:
            found = self.identify()
        except TroubleError as trouble:
            return [
                Finding(
                    what=f"{self.label} {self.connection.handle}",
                    ok=False,
                    words=trouble.words,
                    remedy="Read the words of the platform; connect the account again if needed.",
                    serious=True,
                )
            ]
        return [Finding(what=f"{self.label} {found.handle}", ok=True, words="answers")]
