"""Bluesky on the contract: what it can do, what it asks for, and the way to its parts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

import msgspec

from rejoinder.channels.bluesky import messages, publishing, sending, shapes, writing
from rejoinder.channels.bluesky.jetstream import Follower
from rejoinder.channels.bluesky.listening import Cursor, Listening
from rejoinder.channels.bluesky.session import Session
from rejoinder.channels.contract import (
    DELETE,
    PRIVATE,
    PUBLICATION,
    Can,
    Channel,
    Connection,
    Count,
    Field,
    FilmLimit,
    Heard,
    Http,
    Identity,
    Limit,
    Outgoing,
    Publication,
    Receipt,
    Refused,
    Seen,
    Sent,
    Sockets,
    Standing,
    Step,
    TroubleError,
)
from rejoinder.plumbing import clock

HOUR, DAY = 3600, 86_400
STEP = 5_000_000  # µs by which the place in the stream moves on where nothing concerns us
SECOND = 1.0  # how long a batch of the stream waits for its first event
YES = {"yes", "ja", "1", "true"}
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Bluesky(Channel):
    """Posts for everybody and, where the app password allows them, private messages."""

    name = "bluesky"
    label = "Bluesky"
    glyph = "M4.6 12.5a2.9 2.9 0 0 1-.2-5.8 3.8 3.8 0 0 1 7.3.6 2.6 2.6 0 0 1-.3 5.2z"
    can = Can(
        private=True,
        delete=True,
        publish=True,
        untagged=True,
        media_in=True,
        reads_back=True,
        pictures=4,  # app.bsky.embed.images
        # app.bsky.embed.video has 100 MB, its service three minutes.
        film=FilmLimit(size=100_000_000, seconds=180),
    )
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "In Bluesky's settings make an app password for the desk alone. Tick the box for "
            "direct messages only if the desk is to hear and answer them.",
            "bsky.app",
            ("Settings", "Privacy and security", "App passwords"),
            (
                Seen("Name", "rejoinder"),
                Seen("Allow access to your direct messages", "as you like"),
            ),
            "Add App Password",
        ),
        Step(
            "Copy the password, which is shown once, into the field below.",
            "bsky.app",
            ("App passwords", "rejoinder"),
            (Seen("xxxx-xxxx-xxxx-xxxx", copy="password"),),
        ),
    )
    form: ClassVar[tuple[Field, ...]] = (
        Field(name="handle", label="Handle", help="Such as desk.example.com, without the @."),
        Field(
            name="password",
            label="App password",
            help="Make one for the desk in Bluesky under Settings, Privacy and security.",
            secret=True,
        ),
        Field(
            name="watch",
            label="Words to watch",
            help="Posts with these are heard though nobody tags you. Separate them with commas, "
            'put a phrase in "quotes".',
            required=False,
        ),
        Field(
            name="messages",
            label="Private messages",
            help="Write yes to hear and answer them too. The app password must allow them.",
            required=False,
        ),
        Field(
            name="stream",
            label="Jetstream",
            help="The address of one, such as wss://jetstream2.us-east.bsky.network/subscribe. "
            "It brings every post of Bluesky to this machine: what concerns you is heard at once.",
            required=False,
        ),
        Field(
            name="service",
            label="Service",
            help="The address of the server that holds the account.",
            required=False,
            default="https://bsky.social",
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
        self._follower: Follower | None = None
        self._next = 0.0  # when more than the stream is asked

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """Points, of which a reply costs 3 (docs.bsky.app, Rate Limits).

        A server refused after exactly 1,666 replies in an hour, refused ones counted. A publication
        is a record made and, for its pin, one changed: 3 and 2. A record deleted costs 1.
        A private message is no record; its service publishes no limit.
        """
        costs: dict[str, float] = {PUBLICATION: 5, DELETE: 1, PRIVATE: 0}
        return (
            Limit(name="hour", cap=5000, window=HOUR, unit="points", cost=3, costs=costs),
            Limit(name="day", cap=35_000, window=DAY, unit="points", cost=3, costs=costs),
        )

    @classmethod
    def person_page(cls, external_id: str, handle: str) -> str:
        """Their profile, by the id that outlives a change of name."""
        return f"https://bsky.app/profile/{external_id}"

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """300 graphemes and 3,000 bytes of UTF-8; links count in full."""
        return writing.count(text)

    @classmethod
    def count_for(
        cls,
        text: str,
        settings: Mapping[str, str],
        *,
        to: str = "",
        ref: Mapping[str, Any] = _NOTHING,
    ) -> Count:
        """A private message may be longer: 1,000 graphemes and 10,000 bytes."""
        return writing.count(text, writing.IN_PRIVATE) if ref.get("convo") else cls.count(text)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """The record key: creating it twice makes one post."""
        return writing.key(created_at, number)

    def identify(self) -> Identity:
        """Who the app password belongs to, and what they call themselves."""
        us = self._us()
        if self._hears_messages():
            messages.start(self._session)  # an app password that does not open them says so now
        return Identity(
            external_id=us.did,
            handle=us.handle,
            name=self._name(us.did),
            url=f"https://bsky.app/profile/{us.handle}",
        )

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """What names us or has our words, and our own; edits and deletions of the last 300.

        With a Jetstream, what is public is heard from it, and the rest is asked as ever.
        """
        known = msgspec.convert(cursor, Cursor)
        us = self.connection.external_id or self._us().did
        follower = self._following(us)
        follows = follower is not None and follower.connected(known.at)
        if follower and follows and not follower.fresh and clock.running() < self._next:
            batch = follower.batch(SECOND, known.followed())
            if batch.posts or batch.at > (known.at or 0) + STEP:
                cursor = known.moved_on(batch.posts, batch.at)
            return Heard(batch.posts, cursor, more=True)
        listening = Listening(self._session, us, self._watches(), known)
        listening.private = self._hears_messages()
        listening.search = follower is None or not follows or follower.fresh
        heard = listening.run()
        self._next = clock.running() + self.poll
        if follower:
            follower.fresh = False
        return msgspec.structs.replace(heard, more=heard.more or follows)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """A reply with its root, its parent, its mentions, links and hashtags; or a message."""
        if outgoing.private:
            return messages.send(self._session, self._known(), outgoing)
        return sending.send(self._session, self._known(), outgoing, key)

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """The record under the key, read from our own repository; or the message."""
        if outgoing.private:
            return messages.find(self._session, self._known(), outgoing)
        return sending.find(self._session, self._known(), key)

    def delete(self, standing: Standing) -> Sent:
        """The record goes from our repository; posts cannot be changed there."""
        if standing.ref.get("convo"):
            return Refused("Bluesky lets nobody take back a message from whoever it was sent to.")
        return sending.delete(self._session, self._known(), standing)

    def publish(self, publication: Publication, key: str) -> Sent:
        """A post with its page as a card; one that brings another up to date answers it."""
        return publishing.publish(self._session, self._known(), publication, key)

    def find_published(self, publication: Publication, key: str) -> Receipt | None:
        """The record under the key, and the pin, read from our own repository."""
        return publishing.find(self._session, self._known(), publication, key)

    def close(self) -> None:
        """Let go of the stream."""
        if self._follower is not None:
            self._follower.close()

    def _following(self, us: str) -> Follower | None:
        """The Jetstream, where one was filled in."""
        url = self.connection.settings.get("stream", "").strip()
        if self._follower is None and url and isinstance(self.http, Sockets):
            self._follower = Follower(self._session, self.http, url, us, self._watches())
        return self._follower

    def _us(self) -> shapes.Session:
        return self._session.read("com.atproto.server.getSession", shapes.Session)

    def _known(self) -> shapes.Session:
        return shapes.Session(self.connection.external_id, self.connection.handle)

    def _name(self, did: str) -> str:
        query: dict[str, Any] = {
            "repo": did,
            "collection": "app.bsky.actor.profile",
            "rkey": "self",
        }
        try:
            return self._session.read(sending.FETCH, shapes.ProfileRecord, query).value.display_name
        except TroubleError:
            return ""  # no profile yet

    def _hears_messages(self) -> bool:
        return self.connection.settings.get("messages", "").strip().lower() in YES

    def _watches(self) -> list[str]:
        words = self.connection.settings.get("watch", "").split(",")
        return list(dict.fromkeys(word.strip() for word in words if word.strip()))
