"""The fediverse on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

import msgspec

from rejoinder.channels.contract import (
    DELETE,
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
    Publication,
    Receipt,
    Seen,
    Sent,
    Standing,
    Step,
    Streams,
    TroubleError,
)
from rejoinder.channels.mastodon import (
    changing,
    connecting,
    counting,
    publishing,
    reading,
    sending,
    shapes,
)
from rejoinder.channels.mastodon.listening import Cursor, Listening
from rejoinder.channels.mastodon.server import DELETIONS_WINDOW, ME, POSTS_WINDOW, Server, host
from rejoinder.channels.mastodon.streaming import Follower, Stirred
from rejoinder.channels.underway import Underway
from rejoinder.plumbing import clock

_ACCOUNT = "#account-"
_SCHEMES = {"wss": "https", "ws": "http", "https": "https", "http": "http"}
WAIT = 1.0  # seconds in one listening for news by a stream
SELDOM = 30.0  # seconds between two looks where a stream tells of everything that is watched
# Where a server says nothing else; Mastodon's own have 99 MB since 4.2, and no end in seconds.
FILM = FilmLimit(size=40_000_000, seconds=600)
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_LENGTHS = {"most": counting.MOST, "link": counting.LINK}  # settings nobody fills in


class Mastodon(Channel):
    """One account on one server: Mastodon's own, or another that speaks its API."""

    name = "mastodon"
    label = "Fediverse"
    glyph = "M8 2.5l5 3.5-2 6H5L3 6zM8 2.5L5 12M8 2.5L11 12M3 6h10"
    can = Can(
        private=True,
        edit=True,
        delete=True,
        publish=True,
        untagged=True,
        media_in=True,
        reads_back=True,
        pictures=4,
        private_pictures=4,
        film=FILM,
        private_film=True,
    )
    steps: ClassVar[tuple[Step, ...]] = (
        Step("Write the address of your server below. An access token of your own works too."),
        Step(
            "The server then asks you once whether the desk may act for your account.",
            "your server",
            (),
            (Seen("Authorization required", "Rejoinder"),),
            "Authorize",
        ),
    )
    form = (
        Field(
            name="server",
            label="Server",
            help="The one that holds the account, such as social.example.",
        ),
        Field(
            name="token",
            label="Access token",
            help="Leave it empty: the server asks you on its own page. Or make one there, under "
            "Preferences, Development.",
            secret=True,
            required=False,
        ),
        Field(
            name="watch",
            label="Hashtags and words to watch",
            help="Posts with these are heard though nobody tags you. Separate them with commas. "
            "Words are heard of people who agreed to be found.",
            required=False,
        ),
    )
    poll: ClassVar[float] = 3.0

    def __init__(
        self,
        connection: Connection,
        http: Http,
        keep: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__(connection, http, keep)
        self._server = Server(connection, http)
        self._films = Underway()
        self._follower: Follower | None = None
        self._next = 0.0  # when we look without being told

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Mastodon's: 300 posts in three hours from midnight UTC, edits among them; 30 deletions
        in half an hour.

        Its page on limits does not name it; its source does, and recorded answers show it. Other
        servers have none or their own: the desk learns from what they tell.
        """
        return (
            Limit(name="posts", cap=300, window=POSTS_WINDOW, alignment="fixed", costs={DELETE: 0}),
            Limit(
                name="deletions",
                cap=30,
                window=DELETIONS_WINDOW,
                unit="deletions",
                cost=0,
                costs={DELETE: 1},
                alignment="fixed",
            ),
        )

    @classmethod
    def person_page(cls, external_id: str, handle: str) -> str:
        """Their profile on their own server, where most servers have it."""
        name, _, host = external_id.lstrip("@").partition("@")
        return f"https://{host}/@{name}" if host else ""

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Graphemes, as a server counts that says nothing else."""
        return counting.count(text)

    @classmethod
    def count_for(
        cls,
        text: str,
        settings: Mapping[str, str],
        *,
        to: str = "",
        ref: Mapping[str, Any] = _NOTHING,
    ) -> Count:
        """As this server counts, with the reader named and the warning that we answer below."""
        most, link = (int(settings.get(name, usual)) for name, usual in _LENGTHS.items())
        whole = counting.addressed(text, to)
        return counting.count(whole, str(ref.get("warning", "")), most=most, link=link)

    @classmethod
    def film_limit(cls, settings: Mapping[str, str]) -> FilmLimit | None:
        """As large as this server says."""
        return FilmLimit(size=int(settings.get("film", FILM.size)), seconds=FILM.seconds)

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        """To the page of the server, unless a token was filled in."""
        if connection.secrets.get("token"):
            return None
        return connecting.begin(connection, http, back=back, state=state)

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
        """The token of the account that allowed it."""
        return connecting.finish(connection, http, back=back, kept=kept, query=query)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """An Idempotency-Key, which Mastodon keeps for an hour."""
        return f"rejoinder-{int(created_at.timestamp() * 1000):x}-{number:x}"

    def identify(self) -> Identity:
        """Who the token belongs to, and the rules of their server on length."""
        me = self._server.read(ME, shapes.Account)
        instance = self._server.instance()
        domain = (instance.domain or host(instance.uri) or host(self._server.address)).lower()
        return Identity(
            external_id=f"{domain}{_ACCOUNT}{me.id}",
            handle=reading.full(me, domain),
            name=me.display_name,
            url=me.url,
            learned=_lengths(instance),
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """What names us or has our words, and our own; edits and deletions of the last 300.

        Where the server streams we look when it says that something happened, and every half
        minute all the same; words without a # are in no stream, and so are looked for as ever.
        """
        follower = self._following()
        follows = follower.connected()
        stirred = Stirred()
        if follows and not follower.fresh:
            stirred = follower.stirred(WAIT)
            if not stirred.anything and clock.running() < self._next:
                return Heard([], cursor, more=True)
        known = msgspec.convert(cursor, Cursor)
        domain, _, us = self._whole().partition(_ACCOUNT)
        listening = Listening(self._server, us, domain, self._watches(), known)
        listening.stirred = stirred
        heard = listening.run()
        words = any(not watch.startswith("#") for watch in self._watches())
        self._next = clock.running() + (self.poll if words else SELDOM)
        follower.fresh = False
        return msgspec.structs.replace(heard, more=heard.more or follows)

    def close(self) -> None:
        """Let go of the streams."""
        if self._follower is not None:
            self._follower.close()

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A reply to whoever wrote, as open as what they wrote."""
        return sending.send(self._server, outgoing, key, self._films)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our reply below theirs, read from the server."""
        return sending.find(self._server, self._us(), outgoing)

    def edit(self, standing: Standing) -> Sent:
        """Other words in the same post; readers see that it was edited, and how."""
        return changing.edit(self._server, standing)

    def delete(self, standing: Standing) -> Sent:
        """The server tells the others, which need not follow."""
        return changing.delete(self._server, standing)

    def publish(self, publication: Publication, key: str) -> Sent:
        """A post with the address of the whole answer, pinned; changed in its place."""
        return publishing.publish(self._server, self._us(), publication, key)

    def find_published(self, publication: Publication, key: str) -> Receipt | None:
        """The post that says this, read from our own."""
        return publishing.find(self._server, self._us(), publication)

    def check(self) -> list[Finding]:
        """That the token opens, and by which rules its server goes."""
        found = super().check()
        try:
            rules = [rule.text for rule in self._server.instance().rules] if found[0].ok else []
        except TroubleError:
            rules = []
        if rules:
            what = f"{self.label} {host(self._server.address)}"
            found.append(Finding(what=what, ok=True, words=f"asks of all: {' · '.join(rules)}"))
        return found

    def _following(self) -> Follower:
        if self._follower is None:
            http = self.http if isinstance(self.http, Streams) else None
            there = self.connection.settings.get("streaming", "") or self._server.address
            self._follower = Follower(self._server, http, there, self._watches())
        return self._follower

    def _whole(self) -> str:
        return self.connection.external_id or self.identify().external_id

    def _us(self) -> str:
        return self._whole().partition(_ACCOUNT)[2]

    def _watches(self) -> list[str]:
        given = self.connection.settings.get("watch", "").split(",")
        words = (word.strip().strip('"').strip() for word in given)
        return list(dict.fromkeys(word for word in words if word.strip("#")))


def _lengths(instance: shapes.Instance) -> dict[str, str]:
    """What the server told of them, of films, and of where it streams.

    Servers that changed Mastodon's told of lengths elsewhere before.
    """
    told = instance.configuration.statuses
    most = instance.max_toot_chars or told.max_characters
    learned = {"most": str(max(1, most)), "link": str(max(0, told.characters_reserved_per_url))}
    if told_of_films := instance.configuration.media_attachments.video_size_limit:
        learned["film"] = str(max(0, told_of_films))
    scheme, _, there = instance.configuration.urls.streaming.rstrip("/").partition("://")
    if scheme in _SCHEMES and there:
        learned["streaming"] = f"{_SCHEMES[scheme]}://{there}"
    return learned
