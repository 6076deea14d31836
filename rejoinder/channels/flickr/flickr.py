"""Flickr on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from rejoinder.channels.contract import (
    Authorization,
    Can,
    Channel,
    Connection,
    Count,
    Field,
    Finding,
    Heard,
    Http,
    Identity,
    Limit,
    Outgoing,
    Receipt,
    Refused,
    Seen,
    Sent,
    Standing,
    Step,
    TroubleError,
    TryLater,
)
from rejoinder.channels.flickr import changing, letting, listening, sending, shapes
from rejoinder.channels.flickr.session import API, Session

HOUR = 3600.0
LONGEST = 5000  # code points; Flickr publishes no length of a comment


class Flickr(Channel):
    """One account's photos, and what is said below them."""

    name = "flickr"
    label = "Flickr"
    glyph = "M2.5 8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M8.5 8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0"
    can = Can(edit=True, delete=True, reads_back=True)
    poll: ClassVar[float] = 60.0
    hourly: ClassVar[float] = HOUR  # seconds between two looks, as Flickr asks
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "On flickr.com/services/apps/create apply for a key, for commercial use.",
            "flickr.com",
            ("The App Garden", "Create an app"),
            (),
            "Request an API key",
        ),
        Step(
            "Give {back} as its callback address.",
            "flickr.com",
            ("The App Garden", "Your app", "Edit authentication flow"),
            (Seen("App type", "Web application"), Seen("Callback URL", "{back}")),
        ),
        Step(
            "Copy the key and the secret into the fields below.",
            "flickr.com",
            ("The App Garden", "Your app"),
            (Seen("Key", copy="key"), Seen("Secret", copy="secret")),
        ),
        Step("Flickr then asks you once whether the desk may act for your account."),
    )
    form = (
        Field(name="key", label="API key"),
        Field(name="secret", label="API secret", secret=True),
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
        self._session = Session(connection, http)

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """3,600 calls an hour for a key (flickr.com/services/developer/api); an eighth listens.

        How many comments are "too fast" (error 9) is not published: one in 10 seconds is where
        learning from a refusal begins.
        """
        return (
            Limit(name="hour", cap=3150, window=3600, unit="calls", scope="app", all_clients=False),
            Limit(name="pace", cap=6, window=60, published=False),
        )

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Code points, without the name of whom it answers."""
        return Count(len(text), LONGEST, len(text) <= LONGEST)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """Flickr takes no key; ours says which reply it was."""
        return str(number)

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        """Flickr's own page, by OAuth 1.0a."""
        return letting.begin(connection, http, back=back, state=state)

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
        """The account's token, which does not end by itself."""
        return letting.finish(connection, http, kept=kept, query=query)

    def identify(self) -> Identity:
        """Who the token belongs to."""
        user = self._token().user
        return Identity(
            external_id=user.nsid,
            handle=user.username or user.nsid,
            name=user.fullname,
            url=f"https://www.flickr.com/photos/{user.nsid}/",
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Comments on our photos, once an hour; edits and deletions on the last 100 of them."""
        return listening.listen(self._session, self._us(), cursor, self.hourly)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A comment on the same photo, beginning with whom it answers."""
        if not self.count(outgoing.text).ok:
            return Refused(f"A comment has {LONGEST:,} characters at most.")
        try:
            us = self._us()
        except TroubleError as trouble:  # before anything was posted
            return TryLater(trouble.after, trouble.words)
        return sending.send(self._session, us, outgoing)

    def edit(self, standing: Standing) -> Sent:
        """By flickr.photos.comments.editComment."""
        return changing.edit(self._session, standing)

    def delete(self, standing: Standing) -> Sent:
        """By flickr.photos.comments.deleteComment."""
        return changing.delete(self._session, standing)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our comment with these words, read from the photo."""
        return sending.find(self._session, self._us(), outgoing)

    def check(self) -> list[Finding]:
        """That the token opens, and that it may write."""
        try:
            token = self._token()
        except TroubleError as trouble:
            remedy = "Read the words of Flickr; connect the account again if needed."
            what = f"{self.label} {self.connection.handle}"
            return [Finding(what=what, ok=False, words=trouble.words, remedy=remedy, serious=True)]
        what, may = f"{self.label} {token.user.username}", token.perms.content or "nothing"
        ok = may in {"write", "delete"}
        words = "answers" if ok else f"lets the desk {may} and not write"
        remedy = "" if ok else "Connect the account again, and allow the desk to write."
        return [Finding(what=what, ok=ok, words=words, remedy=remedy, serious=not ok)]

    def _token(self) -> shapes.Token:
        return self._session.read("flickr.auth.oauth.checkToken", shapes.Checked).oauth

    def _us(self) -> str:
        return self.connection.external_id or self.identify().external_id
