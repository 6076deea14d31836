"""X on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

import msgspec

from rejoinder.channels.contract import (
    BY_HAND,
    DELETE,
    PRIVATE,
    Authorization,
    Can,
    Channel,
    Connection,
    Count,
    Field,
    FilmLimit,
    Finding,
    Heard,
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
    Streams,
)
from rejoinder.channels.underway import Underway
from rejoinder.channels.x import (
    asking,
    checking,
    counting,
    letting,
    reading,
    sending,
    shapes,
    webhook,
)
from rejoinder.channels.x.auditing import Auditor
from rejoinder.channels.x.listening import Cursor, Listening, moved_on
from rejoinder.channels.x.session import API, Session
from rejoinder.channels.x.stream import Follower
from rejoinder.plumbing import clock

QUARTER, HALF, DAY = 900, 1800, 86_400
SECOND = 1.0  # how long a batch of the stream waits for its first post
LINK = "link"
ENTERPRISE = "enterprise"  # the contract under which programs may answer whoever they like


class X(Channel):
    """Replies by the API to who tagged or quoted us, by hand to everybody else."""

    name = "x"
    label = "X"
    glyph = "M3.5 3.5l9 9M12.5 3.5l-9 9"
    can = Can(
        private=True,
        delete=True,
        untagged=True,
        media_in=True,
        reads_back=True,
        by_hand=True,
        pictures=4,
        # docs.x.com, Media best practices: 512 MB, half a second to 140 seconds.
        film=FilmLimit(size=512_000_000, seconds=140),
    )
    poll = 10.0
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "On console.x.com make an app; X bills its calls to your account there.",
            "console.x.com",
            ("Apps",),
            (Seen("Name", "Rejoinder"),),
            "Create App",
        ),
        Step(
            "In the app, under User authentication settings, choose Read and write and Web app.",
            "console.x.com",
            ("Apps", "Rejoinder", "User authentication settings"),
            (
                Seen("App permissions", "Read and write"),
                Seen("Type of App", "Web App, Automated App or Bot"),
            ),
        ),
        Step(
            "Give {back} as its callback address.",
            "console.x.com",
            ("Apps", "Rejoinder", "User authentication settings"),
            (Seen("Callback URI / Redirect URL", "{back}"),),
            "Save",
        ),
        Step(
            "Copy the client ID and secret from Keys and tokens into the fields below.",
            "console.x.com",
            ("Apps", "Rejoinder", "Keys and tokens"),
            (Seen("Client ID", copy="client_id"), Seen("Client Secret", copy="client_secret")),
        ),
        Step("X then asks you once whether the desk may act for your account."),
        Step("Tell people in your profile that @naming you is what lets you answer by a program."),
    )
    form = (
        Field(name="client_id", label="Client ID", required=False),
        Field(name="client_secret", label="Client secret", secret=True, required=False),
        Field(
            name="watch",
            label="Words to watch",
            help="Posts with these are heard though nobody tags you. Separate them with commas.",
            required=False,
        ),
        Field(
            name="messages",
            label="Direct messages",
            help="Write yes to hear and answer them too.",
            required=False,
        ),
        Field(
            name="bearer",
            label="Bearer token",
            help="Of the app. With it the watched words are heard as they are said, by a stream, "
            "and what people take back goes here too, however old it is.",
            secret=True,
            required=False,
        ),
        Field(
            name="consumer_secret",
            label="API key secret",
            help="Webhooks are checked with it.",
            secret=True,
            required=False,
        ),
        Field(
            name="consumer_key",
            label="API key",
            help="With the next two the desk signs in by OAuth 1.0a instead.",
            secret=True,
            required=False,
        ),
        Field(name="token", label="OAuth 1.0a token", secret=True, required=False),
        Field(name="token_secret", label="OAuth 1.0a token secret", secret=True, required=False),
        Field(
            name="tier",
            label="Contract",
            help="Write enterprise if you have that contract: then the API may answer everybody.",
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
        self._session = Session(connection, http, self.keep)
        self._films = Underway()
        self._follower: Follower | None = None
        self._next = 0.0  # when more than the stream is asked

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Of the API (docs.x.com, Rate limits, 2026) and of every account (help.x.com, Limits).

        The slices of the day have no published size: a 48th of it is assumed. Prices are those of
        docs.x.com, Pricing, in dollars: 0.01 a reply that was asked for or a
        deletion, 0.20 one with a link.
        What a program calls, what an account posts and what it writes to one person are counted
        apart, so each has totals of its own.
        """
        call = partial(
            Limit, unit="calls", costs={BY_HAND: 0, PRIVATE: 0, DELETE: 0}, all_clients=False
        )
        post = partial(Limit, costs={PRIVATE: 0, DELETE: 0})
        message = partial(Limit, unit="messages", cost=0, costs={PRIVATE: 1})
        return (
            call(name="quarter", cap=100, window=QUARTER),
            post(name="half-hour", cap=50, window=HALF, alignment="fixed", published=False),
            post(name="day", cap=2400, window=DAY),
            call(name="app", cap=10_000, window=DAY, scope="app"),
            message(name="messages", cap=15, window=QUARTER),
            message(name="messages a day", cap=500, window=DAY),
            Limit(
                name="deletions",
                cap=50,
                window=QUARTER,
                unit="deletions",
                cost=0,
                costs={DELETE: 1},
                all_clients=False,
            ),
            Limit(
                name="purse",
                cap=20,
                window=DAY,
                unit="dollars",
                cost=0.01,
                costs={LINK: 0.2, PRIVATE: 0.015, BY_HAND: 0, DELETE: 0.01},
                all_clients=False,
            ),
        )

    @classmethod
    def person_page(cls, external_id: str, handle: str) -> str:
        """Their profile, by the id that outlives a change of name."""
        return f"https://x.com/i/user/{external_id}"

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Weighted: 280, a link 23, a picture 2; the first @names of a reply are not counted."""
        return counting.count(text, reply=reply)

    @classmethod
    def kind_of(cls, text: str) -> str:
        """A post with a link costs twenty times one without."""
        return LINK if counting.has_link(text) else ""

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """X takes no key; ours says which reply it was."""
        return str(number)

    @classmethod
    def by_hand(cls, outgoing: Outgoing, settings: Mapping[str, str]) -> str:
        """X's own page to post on, for people who neither tagged nor quoted us.

        Since 23 February 2026 the API takes replies to those alone (X Developer Policy).
        """
        if outgoing.ref.get("summoned", True) or settings.get("tier", "").lower() == ENTERPRISE:
            return ""
        to = str(outgoing.ref.get("id", outgoing.to))
        return "https://x.com/intent/post?" + urlencode({"text": outgoing.text, "in_reply_to": to})

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        """X's own page, by OAuth 2.0 with PKCE."""
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
        """Who the tokens belong to."""
        us = self._session.read("/2/users/me", shapes.Me).data
        return Identity(
            external_id=us.id,
            handle=us.username,
            name=us.name,
            url=f"https://x.com/{us.username}",
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Mentions, posts with our words, and our own; deletions among the last 500.

        With the app's own token, deletions of whatever is kept, within a day.
        """
        us = self._us()
        follower = self._following(us)
        follows = follower is not None and follower.connected()
        if follower and follows and not follower.fresh and clock.running() < self._next:
            posts = follower.batch(SECOND)
            return Heard(posts, moved_on(cursor, posts), more=True)
        queries = asking.queries(self.connection.settings.get("watch", ""), us.handle)
        known = msgspec.convert(cursor, Cursor)
        listening = Listening(self._session, us, queries, known)
        listening.private = letting.wants_messages(self.connection.settings)
        listening.search = follower is None or not follows or follower.fresh
        if self._session.secret("bearer"):
            now = clock.now().timestamp()
            listening.auditor = Auditor(self._session, self.library, now)
        heard = listening.run()
        self._next = clock.running() + self.poll
        if follower:
            follower.fresh = False
        return msgspec.structs.replace(heard, more=heard.more or follows)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A reply by POST /2/tweets, or a direct message."""
        return sending.send(self._session, self._us(), outgoing, self._films)

    def delete(self, standing: Standing) -> Sent:
        """By DELETE /2/tweets/:id; posts cannot be changed by a program."""
        return sending.delete(self._session, standing)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our answer to that post with those words, read from our own timeline."""
        return sending.find(self._session, self._us(), outgoing)

    def receive(
        self, method: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Received:
        """Account activity: X's challenge, and what our account meets as it happens."""
        known = self.connection
        return webhook.received(
            known.secrets.get("consumer_secret", ""),
            reading.Us(known.external_id, known.handle),
            clock.now(),
            method=method,
            query=query,
            headers=headers,
            body=body,
        )

    def check(self) -> list[Finding]:
        """Sign-in, clock, scopes, contract and limits, each with its remedy; read-only."""
        return checking.check(self._session, self.connection, self.label)

    def close(self) -> None:
        """Let go of the stream."""
        if self._follower is not None:
            self._follower.close()

    def _following(self, us: reading.Us) -> Follower | None:
        """The stream of the watched words, where the app's own token was filled in."""
        watch = self.connection.settings.get("watch", "")
        wanted = bool(watch and self._session.secret("bearer"))
        if self._follower is None and wanted and isinstance(self.http, Streams):
            rules = asking.queries(watch, us.handle, asking.RULE)
            self._follower = Follower(self._session, self.http, us, rules)
        return self._follower

    def _us(self) -> reading.Us:
        """Who we are. Raises TroubleError when it has to be asked and nobody answers."""
        known = self.connection
        if known.external_id:
            return reading.Us(known.external_id, known.handle)
        found = self.identify()
        return reading.Us(found.external_id, found.handle)
