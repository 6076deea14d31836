"""What every channel does. `docs/extend/channel.md` walks through writing one. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from rejoinder.channels.contract.connecting import (
    Authorization,
    Can,
    Connection,
    Field,
    FilmLimit,
    Finding,
    Identity,
    Step,
)
from rejoinder.channels.contract.hearing import Heard, Library, Received, nothing_kept
from rejoinder.channels.contract.limits import Count, Limit
from rejoinder.channels.contract.network import Http
from rejoinder.channels.contract.sending import (
    Hiding,
    Outgoing,
    Publication,
    Receipt,
    Refused,
    Sent,
    Standing,
)
from rejoinder.channels.contract.trouble import TroubleError
from rejoinder.plumbing.answer import Answer

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Channel(ABC):
    """One platform. A folder in `channels/` whose `__init__` names its class `channel`."""

    name: ClassVar[str]
    label: ClassVar[str]
    glyph: ClassVar[str]  # an SVG path on a 16 px grid, stroke 1.5
    can: ClassVar[Can]
    form: ClassVar[tuple[Field, ...]]
    steps: ClassVar[tuple[Step, ...]] = ()  # what to do there first
    practice: ClassVar[bool] = False  # a pretence, offered on a desk for practice only
    poll: ClassVar[float] = 2.0  # seconds between listenings when there is nothing more
    told_names: ClassVar[bool] = False  # people told us what they are called; no platform shows it
    contact: ClassVar[str] = ""  # the kind of contact that is opened for `send`
    voices_kept: ClassVar[bool] = False  # recordings are fetched, sealed and deleted there

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
        # What the desk keeps of this account, in pieces from a number on; the desk sets it.
        self.library: Library = nothing_kept

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

        `settings` are those of the account, `to` is the reader's handle, `ref` that of the post;
        it has `private` true where the reply to it is moved to its reader alone.
        """
        return cls.count(text)

    @classmethod
    def film_limit(cls, settings: Mapping[str, str]) -> FilmLimit | None:
        """What a film may be on an account with these settings; None where it takes none."""
        return cls.can.film

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """A key that makes one send repeatable; the same for every try of one reply."""
        return f"{int(created_at.timestamp() * 1000):x}.{number:x}"

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

    def edit(self, standing: Standing) -> Sent:
        """Give a reply of ours other words, in its place. Like `send`, it never raises.

        Done twice it is done once: what is uncertain is simply tried again.
        """
        return Refused(f"{self.label} lets nobody change a reply.")

    def delete(self, standing: Standing) -> Sent:
        """Take a reply of ours back; where it is gone already, that is what was wanted."""
        return Refused(f"{self.label} lets nobody take a reply back.")

    @classmethod
    def hides(cls, ref: Mapping[str, Any]) -> bool:
        """Whether a post heard with this `ref` stands where we may hide it."""
        return cls.can.hide

    def hide(self, hiding: Hiding) -> Sent:
        """Hide somebody's post from others, or show it again; like `edit`, it never raises.

        Done twice it is done once. The receipt names the post.
        """
        return Refused(f"{self.label} lets nobody hide what others wrote.")

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

    @classmethod
    def person_page(cls, external_id: str, handle: str) -> str:
        """Somebody's own page on the platform, where a person can block and report them.

        Empty where there is none, which is the rule for channels that are no network.
        """
        return ""

    def voices(self) -> Collection[str]:
        """The ids of posts whose recording lies there, over or not. Raises TroubleError."""
        return ()

    def voice(self, external_id: str) -> bytes | None:
        """The recording of a post as WAV; None where there is none. Raises TroubleError."""
        return None

    def forget_voice(self, external_id: str) -> None:  # noqa: B027  # most have none
        """Delete the recording there; gone already is what was wanted. Raises TroubleError."""

    @classmethod
    def voice_days(cls, settings: Mapping[str, str]) -> int:
        """How many days after its call a recording is kept."""
        return 0

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
