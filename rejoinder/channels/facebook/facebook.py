"""Facebook on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
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
)
from rejoinder.channels.facebook import (
    activity,
    changing,
    letting,
    listening,
    reading,
    sending,
)
from rejoinder.channels.facebook.sending import FACEBOOK
from rejoinder.channels.graph import webhook
from rejoinder.channels.graph.letting import wants_messages
from rejoinder.channels.graph.reading import moment
from rejoinder.channels.graph.session import API, Session
from rejoinder.channels.graph.shapes import Page
from rejoinder.plumbing import clock

HOUR, DAY = 3600, 86_400
LONGEST = 8000  # of a comment; not published, as others have found it
LONGEST_MESSAGE = 2000  # Messenger Platform, Send API
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Facebook(Channel):
    """The comments on one Page, posts on it or naming it, and messages to it."""

    name = "facebook"
    label = "Facebook"
    glyph = "M9.5 14V8.5H12M9.5 8.5V6a2 2 0 0 1 2-2H12M7 8.5h2.5M2 2h12v12H2z"
    can = Can(private=True, edit=True, delete=True, hide=True, media_in=True, reads_back=True)
    poll: ClassVar[float] = 120.0
    steps: ClassVar[tuple[Step, ...]] = (
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
        Step("Facebook then asks you once whether the desk may act for your Page."),
        Step("For webhooks make up a verify token and fill it in here and in the app."),
    )
    form = (
        Field(name="app_id", label="App ID"),
        Field(name="app_secret", label="App secret", secret=True),
        Field(
            name="page",
            label="Page",
            help="Its number or its name, if you look after more than one.",
            required=False,
        ),
        Field(
            name="messages",
            label="Messages",
            help="Write yes to hear and answer what people write to the Page alone.",
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
        self._session = Session(connection, http, FACEBOOK)

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Graph API, Rate Limits: 4,800 calls a day for each person who engaged with the Page,
        200 a day for messages to them; 200 an hour for each person who uses the app; 750 private
        replies an hour.

        How many people is not told: one is assumed, and the percentages of each answer correct it.
        """
        return (
            Limit(name="pages", cap=4800, window=DAY, unit="calls", published=False),
            Limit(
                name="messenger",
                cap=200,
                window=DAY,
                unit="message calls",
                cost=0,
                costs={PRIVATE: 1},
                published=False,
            ),
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
        """Their id is one for this Page only, and leads to nobody's page."""
        return ""

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points, at most 8,000: how Facebook counts is not published."""
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
        """A message and a private reply have 2,000."""
        if "with" in ref or ref.get("private"):
            return Count(len(text), LONGEST_MESSAGE, len(text) <= LONGEST_MESSAGE)
        return cls.count(text)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """Facebook takes no key; ours says which reply it was."""
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
        """The token of the Page, which lasts."""
        return letting.finish(connection, http, back=back, query=query)

    def identify(self) -> Identity:
        """The Page that the token is of."""
        us = self._session.read("me", Page, {"fields": "id,name,username,link"})
        return Identity(
            external_id=us.id,
            handle=us.username or us.name or us.id,
            name=us.name,
            url=us.link or reading.address(us.id),
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Comments, visitors' posts, posts that tag us, messages; edits and deletions."""
        return listening.listen(self._session, self._us(), cursor, messages=self._messages())

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A comment below theirs, one private reply to a comment, or a message."""
        return sending.send(self._session, self._us_known(), outgoing)

    def edit(self, standing: Standing) -> Sent:
        """A comment of ours, in its place."""
        return changing.edit(self._session, standing)

    def delete(self, standing: Standing) -> Sent:
        """A comment of ours."""
        return changing.delete(self._session, standing)

    @classmethod
    def hides(cls, ref: Mapping[str, Any]) -> bool:
        """Comments; a visitor's post and a message stand where they are."""
        return "id" in ref and "post" not in ref

    def hide(self, hiding: Hiding) -> Sent:
        """A comment on the Page, from all but its writer and their friends."""
        return changing.hide(self._session, hiding)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our reply, read from the thread or from the conversation."""
        return sending.find(self._session, self._us(), outgoing)

    def receive(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Received:
        """Facebook's challenge, and what our Page meets as it happens."""
        known = self.connection
        hook = activity.hook(known.external_id, self._author(), messages=self._messages())
        return webhook.received(
            hook,
            known.secrets,
            known.external_id,
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

    def _author(self) -> activity.Author:
        """Asks each post of a delivery once; only after its signature fitted."""
        return cache(partial(listening.author, self._session))

    def _messages(self) -> bool:
        return wants_messages(self.connection.settings)

    def _us_known(self) -> str:
        """`me` is the Page itself where its number is not known yet."""
        return self.connection.external_id or "me"

    def _us(self) -> str:
        return self.connection.external_id or self.identify().external_id
