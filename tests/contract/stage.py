"""The stage a channel plays on: people outside, what the platform keeps, and a line that breaks.

Each channel gives one in `tests/channels/NAME/stage.py`; the same cases run on the real networks.
"""

import html
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from rejoinder.channels.contract import (
    Channel,
    Connection,
    Count,
    Film,
    Http,
    Outgoing,
    Picture,
    Post,
    Publication,
    Receipt,
    Sent,
    Standing,
)
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Call = Callable[[], Answer]
Trouble = Callable[[Call], Answer]


@dataclass(frozen=True)
class Kept:
    """A post of ours as the platform keeps it."""

    id: str
    text: str
    in_reply_to: str
    root: str
    private: bool = False
    pictures: tuple[str, ...] = ()  # what each shows, in words
    films: tuple[str, ...] = ()  # the same of films


@dataclass(frozen=True)
class Stands:
    """What a reader of ours sees of a publication, and whether it is kept at the top."""

    text: str
    pinned: bool


class Line:
    """A network in front of another one, that breaks when and how it is told."""

    def __init__(self, inner: Http, posts: Callable[[str, str], bool]) -> None:
        self._inner = inner
        self._posts = posts
        self._sending: list[Trouble] = []
        self._reading: list[Trouble] = []

    def on_send(self, *troubles: Trouble) -> None:
        """What befalls the next calls that post."""
        self._sending += troubles

    def on_read(self, *troubles: Trouble) -> None:
        """What befalls the next calls that do not."""
        self._reading += troubles

    def mends(self) -> None:
        """Nothing befalls anybody any more."""
        self._sending.clear()
        self._reading.clear()

    def call(self, method: str, url: str, **more: Any) -> Answer:
        waiting = self._sending if self._posts(method, url) else self._reading
        trouble = waiting.pop(0) if waiting else _none
        return trouble(lambda: self._inner.call(method, url, **more))


def answers(status: int, body: bytes = b"{}", **header: str) -> Trouble:
    """Nothing is done, and this is said."""
    return lambda call: Answer(status, {k.replace("_", "-"): v for k, v in header.items()}, body)


def garbage(call: Call) -> Answer:
    """It is done, and the answer is no answer."""
    call()
    return Answer(200, {}, b"<html>\xff\x00{")


def half(call: Call) -> Answer:
    """It is done, and half the answer comes."""
    whole = call()
    return Answer(whole.status, whole.header, whole.body[: len(whole.body) // 2])


def lost(call: Call) -> Answer:
    """It is done, and no answer comes."""
    call()
    raise NoAnswerError("The platform gave no answer in 30 seconds.", may_have_arrived=True)


def silent(call: Call) -> Answer:
    """It is not done, and nobody can tell."""
    raise NoAnswerError("The platform gave no answer in 30 seconds.", may_have_arrived=True)


def unreachable(call: Call) -> Answer:
    """Nothing left this machine."""
    raise NoAnswerError("The platform cannot be reached.", may_have_arrived=False)


def _none(call: Call) -> Answer:
    return call()


def same(one: Sent | None, other: Sent | None) -> bool:
    """Whether two ends of a send are of one post, whatever was told of limits beside it."""
    return one is not None and other is not None and _bare(one) == _bare(other)


def _bare(sent: Sent) -> Sent:
    return msgspec.structs.replace(sent, observed=())


class Stage(ABC):
    """One account of ours on a platform, with its people."""

    repeatable: bool  # sending a key twice makes one post
    over_http = True  # calls go over the line; else the channel's own tests break what it uses
    written_by_hand = False  # no program posts there: a person does, on the page
    replies_changed = True  # their authors edit and delete posts there
    longest: tuple[str, ...]  # texts that just fit
    too_long: tuple[str, ...]  # texts that just do not

    def __init__(
        self,
        kind: type[Channel],
        http: Http,
        settings: dict[str, str],
        secrets: dict[str, str],
    ) -> None:
        """`secrets` is kept up to date, as the desk keeps an account's."""
        self.line = Line(http, self.posts)
        connection = Connection(settings=settings, secrets=secrets)
        identity = kind(connection, self.line, secrets.update).identify()
        self.channel = kind(
            Connection(
                settings=settings,
                secrets=secrets,
                external_id=identity.external_id,
                handle=identity.handle,
            ),
            self.line,
            secrets.update,
        )
        self.cursor: dict[str, Any] = {}
        self.posts_heard: list[Post] = []

    @property
    def sends_over_http(self) -> bool:
        """Whether what we send goes over the line, so that the line can break it."""
        return self.over_http and not self.written_by_hand

    @staticmethod
    @abstractmethod
    def posts(method: str, url: str) -> bool:
        """Whether a call posts something."""

    @abstractmethod
    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        """Somebody outside posts, to us or about us; the id."""

    def whispers(self, who: str, text: str) -> str:
        """Somebody outside writes to us alone; the id. For channels that hear what is private."""
        raise NotImplementedError

    @abstractmethod
    def edits(self, post: str, text: str) -> None:
        """Its author changes a post."""

    @abstractmethod
    def deletes(self, post: str) -> None:
        """Its author takes a post back."""

    @abstractmethod
    def ours(self, to: str) -> list[Kept]:
        """What the platform keeps of us in answer to a post."""

    def hidden(self, post: str) -> bool:
        """Whether others do not see somebody's post there. For channels that can hide."""
        raise NotImplementedError

    def holds_back(self, post: str, *, hidden: bool) -> None:
        """Another hand hides somebody's post, or shows it. For channels that can hide."""
        raise NotImplementedError

    def stands(self) -> list[Stands]:
        """Our publications as they stand now; of one that was brought up to date the last state."""
        raise NotImplementedError

    def publishes(
        self, text: str, number: int = 1, *, before: Receipt | None = None, pin: bool = True
    ) -> tuple[Publication, str, Sent]:
        """We publish, or bring up to date what stands since `before`; what came of it."""
        publication = Publication(
            title="Outage in Leeds",
            text=text,
            html=f"<p>{html.escape(text, quote=False)}</p>",
            summary="What we know.",
            url="https://desk.example.com/answers/outage",
            language="en",
            pin=pin,
            external_id=before.external_id if before else "",
            ref=before.ref if before else {},
            created_at=clock.now(),
        )
        key = self.channel.new_key(publication.created_at, number)
        return publication, key, self.channel.publish(publication, key)

    def opens(self) -> None:
        """Begin to listen: what stands there now is the past."""
        self.cursor = self.channel.listen({}).cursor

    def listens(self) -> list[Post]:
        """Listen once, with the cursor as the desk keeps it: as JSON."""
        heard = self.channel.listen(json.loads(json.dumps(self.cursor)))
        self.cursor = heard.cursor
        self.posts_heard += heard.posts
        return list(heard.posts)

    def hears(self, *ids: str, kind: str = "post", within: float = 20) -> list[Post]:
        """Listen until all of these were heard; gives them in the order asked for."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            found = {post.external_id: post for post in self.posts_heard if post.kind == kind}
            if set(ids) <= set(found):
                return [found[one] for one in ids]
            if not self.listens():
                time.sleep(0.02)
        raise AssertionError(f"not heard in {within} s: {set(ids)}; heard {self.posts_heard}")

    def is_asked(self, text: str = "is there an outage") -> Post:
        """Tom asks us something, and we hear it."""
        self.opens()
        return self.hears(self.says("tom", text))[0]

    def counted(self, text: str) -> Count:
        """How long a reply to Tom is here."""
        settings = self.channel.connection.settings
        return self.channel.count_for(text, settings, to=self.handle_of("tom"))

    def handle_of(self, who: str) -> str:
        """As others name them there; where names are not counted, any will do."""
        return who

    def _opened(self, post: Post) -> str:
        """Where its author can be reached, as the desk opens it where the channel asks for it."""
        kind = self.channel.contact
        return next((each.value for each in post.contacts if each.kind == kind), "")

    def answers(
        self,
        post: Post,
        text: str,
        number: int = 1,
        *,
        private: bool = False,
        pictures: tuple[Picture, ...] = (),
        film: Film | None = None,
    ) -> tuple[Outgoing, str, Sent]:
        """We reply; gives the reply, its key and what came of it."""
        outgoing = Outgoing(
            text=text,
            to=post.external_id,
            root=post.root or post.external_id,
            to_handle=post.handle,
            ref=post.ref,
            contact=self._opened(post),
            private=private,
            pictures=pictures,
            film=film,
            created_at=clock.now(),
        )
        key = self.channel.new_key(outgoing.created_at, number)
        return outgoing, key, self.channel.send(outgoing, key)

    @staticmethod
    def as_it_stands(outgoing: Outgoing, sent: Receipt, text: str = "") -> Standing:
        """A reply of ours as the desk hands it on to be changed, with what it is to say."""
        reply = msgspec.structs.replace(outgoing, text=text or outgoing.text)
        return Standing(external_id=sent.external_id, ref=sent.ref, reply=reply)


class FarEnd(Protocol):
    """A platform that is running; gives stages of their own to as many tests as ask."""

    def stage(self) -> Stage: ...


class Opens(Protocol):
    """The module of a channel's stage."""

    def far_end(self) -> AbstractContextManager[FarEnd]: ...
