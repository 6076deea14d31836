"""Instagram on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from rejoinder.channels.contract import (
    PRIVATE,
    Authorization,
    Can,
    Channel,
    Connection,
    Count,
    Field,
    Finding,
    Heard,
    Hiding,
    Http,
    Identity,
    Limit,
    Outgoing,
    Receipt,
    Received,
    Seen,
    Sent,
    Standing,
    Step,
    TroubleError,
)
from rejoinder.channels.graph import webhook
from rejoinder.channels.graph.letting import wants_messages
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.session import API, Session
from rejoinder.channels.instagram import (
    activity,
    changing,
    letting,
    listening,
    reading,
    sending,
    shapes,
)
from rejoinder.channels.instagram.asking import Asking
from rejoinder.channels.instagram.letting import ACCOUNT, INSTAGRAM
from rejoinder.channels.instagram.reading import Us
from rejoinder.plumbing import clock

HOUR, DAY = 3600, 86_400
LONGEST = 2200  # code points of a comment; published for captions alone, as others have found it
LONGEST_MESSAGE = 1000  # bytes of UTF-8 (Instagram Messaging, Send a Message)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Instagram(Channel):
    """The comments on one account's media, what mentions or tags it, and messages to it."""

    name = "instagram"
    label = "Instagram"
    glyph = "M2.5 2.5h11v11h-11zM5.5 8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M11.5 4.5h.1"
    can = Can(private=True, delete=True, hide=True, media_in=True, reads_back=True)
    poll: ClassVar[float] = 120.0
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "In Instagram's app make the account a professional one and link it to a Facebook "
            "Page.",
            "Instagram",
            ("Settings", "Account type and tools"),
            (Seen("Account type", "Professional"), Seen("Page", "your Facebook Page")),
        ),
        Step(
            "On developers.facebook.com make an app of the type Business and add Facebook Login.",
            "developers.facebook.com",
            ("My Apps", "Create app"),
            (Seen("App type", "Business"), Seen("Add a product", "Facebook Login")),
            "Create app",
        ),
        Step(
            "Give {back} as its valid OAuth redirect address.",
            "developers.facebook.com",
            ("Facebook Login", "Settings"),
            (Seen("Valid OAuth Redirect URIs", "{back}"),),
            "Save changes",
        ),
        Step(
            "Copy the app ID and the app secret from Settings, Basic into the fields below.",
            "developers.facebook.com",
            ("App settings", "Basic"),
            (Seen("App ID", copy="app_id"), Seen("App secret", copy="app_secret")),
        ),
        Step("Facebook then asks you once whether the desk may act for your account and its Page."),
        Step("For webhooks make up a verify token and fill it in here and in the app."),
    )
    form = (
        Field(name="app_id", label="App ID"),
        Field(name="app_secret", label="App secret", secret=True),
        Field(
            name="account",
            label="Account",
            help="Its name, if you look after more than one.",
            required=False,
        ),
        Field(
            name="messages",
            label="Messages",
            help="Write yes to hear and answer messages, and to answer comments in private.",
            required=False,
        ),
        Field(
            name="verify_token",
            label="Verify token",
            help="Any words that nobody guesses. Facebook shows them when it checks our address.",
            secret=True,
            required=False,
        ),
        Field(
            name="service",
            label="Service",
            help="The address of the API.",
            required=False,
            default=API,
        ),
    )

    def __init__(
        self,
        connection: Connection,
        http: Http,
        keep: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__(connection, http, keep)
        self._session = Session(connection, http, INSTAGRAM)

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Graph API, Rate Limits: 4,800 calls a day for each time that something of the account
        was shown to somebody; 200 an hour for each person who uses the app; 750 private replies
        to posts and reels an hour.

        How often it was shown is not told beforehand: once is assumed, and the percentages of each
        answer correct it.
        """
        return (
            Limit(name="instagram", cap=4800, window=DAY, unit="calls", published=False),
            Limit(name="app", cap=200, window=HOUR, unit="calls", scope="app", published=False),
            Limit(
                name="private replies",
                cap=750,
                window=HOUR,
                unit="messages",
                cost=0,
                costs={PRIVATE: 1},
                all_clients=False,
            ),
        )

    @classmethod
    def person_page(cls, external_id: str, handle: str) -> str:
        """Where they can be blocked and reported."""
        return "" if handle in {"", reading.NOBODY} else reading.page(handle)

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points, at most 2,200."""
        return Count(len(text), LONGEST, len(text) <= LONGEST)

    @classmethod
    def count_for(
        cls,
        text: str,
        settings: Mapping[str, str],
        *,
        to: str = "",
        ref: Mapping[str, Any] = _NOTHING,
    ) -> Count:
        """A message and a private reply have 1,000 bytes."""
        if "with" in ref or ref.get("private"):
            used = len(text.encode(errors="replace"))
            return Count(used, LONGEST_MESSAGE, used <= LONGEST_MESSAGE)
        return cls.count(text)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """Instagram takes no key; ours says which reply it was."""
        return str(number)

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        """Facebook's own page, by OAuth 2.0."""
        return letting.begin(connection, back=back, state=state)

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
        """The token of the account's Page, which lasts."""
        return letting.finish(connection, http, back=back, query=query)

    def identify(self) -> Identity:
        """The Instagram account of the Page that the token is of."""
        page = self._session.read("me", shapes.Linked, {"fields": f"id,{ACCOUNT}"})
        us = page.instagram_business_account
        if not us.id:
            words = "The Page has no Instagram account. Link them, and connect the account again."
            raise TroubleError(words, permanent=True)
        return Identity(
            external_id=us.id,
            handle=us.username or us.id,
            name=us.name or us.username,
            url=reading.page(us.username),
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Comments on our media, pictures that tag us, messages; deletions."""
        return listening.listen(self._session, self._us(), cursor, messages=self._messages())

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A comment below theirs, one private reply to a comment, or a message."""
        return sending.send(self._session, self._known(), outgoing, messages=self._messages())

    def delete(self, standing: Standing) -> Sent:
        """A comment of ours below our own media."""
        return changing.delete(self._session, standing)

    @classmethod
    def hides(cls, ref: Mapping[str, Any]) -> bool:
        """Comments below our own media; none on a live video, and none elsewhere."""
        return "id" in ref and not {"mention", "caption", "tag", "live"} & ref.keys()

    def hide(self, hiding: Hiding) -> Sent:
        """A comment below our own media."""
        return changing.hide(self._session, hiding)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our reply, read from the thread or from the conversation."""
        return sending.find(self._session, self._us(), outgoing)

    def receive(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Received:
        """Facebook's challenge, and what our account meets as it happens."""
        us = self._known()
        ask = Asking(self._session, us)
        return webhook.received(
            activity.hook(us, ask, messages=self._messages()),
            self.connection.secrets,
            us.id,
            clock.now(),
            method=method,
            query=query,
            headers=headers,
            body=body,
        )

    def credentials_end(self) -> datetime | None:
        """When the token or what it may read ends, as Facebook said when we connected."""
        return moment(self.connection.secrets.get("until", ""))

    def check(self) -> list[Finding]:
        """Sign-in, token and permissions, each with its remedy; read-only."""
        found = super().check()
        if all(each.ok for each in found):
            found += letting.findings(self.connection, self.http)
        return found

    def _messages(self) -> bool:
        return wants_messages(self.connection.settings)

    def _known(self) -> Us:
        return Us(self.connection.external_id, self.connection.handle)

    def _us(self) -> Us:
        if self.connection.external_id:
            return self._known()
        found = self.identify()
        return Us(found.external_id, found.handle)
