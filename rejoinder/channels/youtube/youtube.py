"""YouTube on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from rejoinder.channels.contract import (
    Authorization,
    Can,
    Channel,
    Connection,
    Count,
    Field,
    Heard,
    Hiding,
    Http,
    Identity,
    Limit,
    Outgoing,
    Receipt,
    Seen,
    Sent,
    Standing,
    Step,
    TroubleError,
)
from rejoinder.channels.youtube import (
    changing,
    letting,
    listening,
    reading,
    sending,
    shapes,
    units,
)
from rejoinder.channels.youtube.session import API, Session

LONGEST = 10_000  # code points of a comment
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class YouTube(Channel):
    """The comments on one channel and its videos."""

    name = "youtube"
    label = "YouTube"
    glyph = "M2.5 4h11v8h-11zM7 6.5l2.5 1.5-2.5 1.5z"
    can = Can(edit=True, delete=True, hide=True, reads_back=True)
    poll: ClassVar[float] = 120.0  # 720 of the day's units
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "On console.cloud.google.com make a project and switch on the YouTube Data API v3.",
            "console.cloud.google.com",
            ("APIs & Services", "Library"),
            (Seen("YouTube Data API v3"),),
            "Enable",
        ),
        Step(
            "Under Credentials make an OAuth client for a web application.",
            "console.cloud.google.com",
            ("APIs & Services", "Credentials", "Create credentials"),
            (Seen("OAuth client ID"), Seen("Application type", "Web application")),
        ),
        Step(
            "Give {back} as its authorised redirect address.",
            "console.cloud.google.com",
            ("APIs & Services", "Credentials", "OAuth client ID"),
            (Seen("Authorized redirect URIs", "{back}"),),
            "Create",
        ),
        Step(
            "Copy the client ID and secret into the fields below.",
            "console.cloud.google.com",
            ("OAuth client created",),
            (Seen("Client ID", copy="client_id"), Seen("Client secret", copy="client_secret")),
        ),
        Step("Google then asks you once whether the desk may manage your comments."),
    )
    form = (
        Field(name="client_id", label="Client ID"),
        Field(name="client_secret", label="Client secret", secret=True),
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
        self._session = Session(connection, http, self.keep)

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """10,000 units a day for a project, 50 for a reply; 2,000 are kept for hearing."""
        return units.limits()

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points."""
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
        """With the name that stands before an answer to a reply."""
        return cls.count(reading.prefix(to, reply=bool(ref.get("reply"))) + text)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """YouTube takes no key; ours says which reply it was."""
        return str(number)

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        """Google's own page, by OAuth 2.0 with PKCE."""
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
        """The tokens, which the desk renews from then on."""
        return letting.finish(connection, http, back=back, kept=kept, query=query)

    def identify(self) -> Identity:
        """The channel of whoever let us in."""
        query: dict[str, str | int | list[str]] = {"part": "snippet", "mine": "true"}
        found = self._session.read("channels", shapes.Channels, query).items
        if not found:
            raise TroubleError("This account has no channel on YouTube.", permanent=True)
        about = found[0].snippet
        return Identity(
            external_id=found[0].id,
            handle=about.custom_url or about.title or found[0].id,
            name=about.title,
            url=f"{reading.SITE}/channel/{found[0].id}",
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Comments and replies, held ones too; edits and deletions in the last 300 threads."""
        return listening.listen(self._session, self._us(), cursor)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A reply in the thread; whoever wrote a reply is named."""
        return sending.send(self._session, outgoing)

    def edit(self, standing: Standing) -> Sent:
        """By comments.update."""
        return changing.edit(self._session, standing)

    def delete(self, standing: Standing) -> Sent:
        """By comments.delete."""
        return changing.delete(self._session, standing)

    def hide(self, hiding: Hiding) -> Sent:
        """By comments.setModerationStatus."""
        return changing.hide(self._session, hiding)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our reply, read from the thread."""
        return sending.find(self._session, self._us(), outgoing)

    def _us(self) -> str:
        return self.connection.external_id or self.identify().external_id
