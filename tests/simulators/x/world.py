"""What X knows: people, posts, messages, and who may do what in whose name."""

import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

EPOCH = 1_288_834_974_657
SCOPES = frozenset(
    {
        "tweet.read",
        "tweet.write",
        "users.read",
        "media.write",
        "offline.access",
        "dm.read",
        "dm.write",
    }
)
_NAMED = re.compile(r"(?<![\w@])@(\w{1,20})")
_LINK = re.compile(r"https?://[^\s]+")


@dataclass
class Person:
    """Somebody with an account."""

    id: str
    username: str
    name: str
    closed: bool = False  # takes no messages from people they do not follow
    followers: int = 0


@dataclass
class Tweet:
    """A post; one that was edited is several, with one history."""

    id: str
    author: Person
    text: str
    at: float
    conversation: str
    reply_to: str = ""
    quotes: str = ""
    history: list[str] = field(default_factory=list)
    deleted: bool = False
    links: dict[str, str] = field(default_factory=dict)
    pictures: list["Upload"] = field(default_factory=list)


@dataclass
class Upload:
    """A picture or film that was brought, and what it shows. A film comes in `pieces`, by number;
    `busy` is how often whoever asks for it is told that X still works on it.
    """

    id: str
    owner: str
    data: bytes
    alt: str = ""
    used: bool = False
    size: int = 0
    pieces: dict[int, bytes] = field(default_factory=dict)
    busy: int = 0
    state: str = "succeeded"

    @property
    def film(self) -> bool:
        return bool(self.size)


@dataclass
class Message:
    """A direct message."""

    id: str
    sender: Person
    to: Person
    text: str
    at: float

    @property
    def conversation(self) -> str:
        return "-".join(sorted((self.sender.id, self.to.id), key=int))


@dataclass
class Grant:
    """What a token of OAuth 2.0 lets its bearer do, and until when."""

    user: Person
    scopes: frozenset[str]
    ends: float


@dataclass
class App:
    """One app of one developer, with everything that signs it in."""

    id: str = "9001"
    client_id: str = "made-up-client"
    client_secret: str = "made-up-client-secret"
    consumer_key: str = "made-up-consumer"
    consumer_secret: str = "made-up-consumer-secret"
    bearer: str = "made-up-bearer"
    tier: str = "self-serve"
    credits: float = 1e9


class World:
    """All of it. One thread."""

    def __init__(self) -> None:
        self.app = App()
        self.uploads: dict[str, Upload] = {}
        self.busy = 0
        self.people: dict[str, Person] = {}
        self.tweets: dict[str, Tweet] = {}
        self.messages: list[Message] = []
        self.grants: dict[str, Grant] = {}
        self.renewals: dict[str, Grant] = {}
        self.codes: dict[str, tuple[Grant, str, str]] = {}
        self.keys: dict[str, tuple[str, Person]] = {}
        self.rules: dict[str, dict[str, str]] = {}
        self.hooks: dict[str, dict[str, Any]] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.skew = 0.0
        self._last = 0

    def now(self) -> float:
        return time.time() + self.skew

    def number(self) -> str:
        """The next id: it tells the time, and is never given twice."""
        self._last = max(self._last + 1, (int(self.now() * 1000) - EPOCH) << 22)
        return str(self._last)

    def person(self, username: str) -> Person:
        """Whoever has this name; somebody new if nobody has."""
        key = username.lower()
        if key not in self.people:
            self.people[key] = Person(self.number(), username, username.title())
        return self.people[key]

    def by_id(self, number: str) -> Person | None:
        return next((each for each in self.people.values() if each.id == number), None)

    def say(self, author: Person, text: str, *, reply_to: str = "", quotes: str = "") -> Tweet:
        """A post; a reply begins with the names of those it answers, as X puts them there."""
        number = self.number()
        parent = self.tweets.get(reply_to)
        tweet = Tweet(
            id=number,
            author=author,
            text=text,
            at=self.now(),
            conversation=parent.conversation if parent else number,
            reply_to=parent.history[0] if parent else "",
            quotes=quotes,
            history=[number],
        )
        self._shorten(tweet)
        self.tweets[number] = tweet
        return tweet

    def edit(self, number: str, text: str) -> Tweet:
        """A new version with an id of its own."""
        first = self.tweets[number]
        latest = self.tweets[first.history[-1]]
        version = self.number()
        tweet = Tweet(
            id=version,
            author=latest.author,
            text=text,
            at=self.now(),
            conversation=latest.conversation,
            reply_to=latest.reply_to,
            quotes=latest.quotes,
        )
        self._shorten(tweet)
        tweet.history = latest.history
        tweet.history.append(version)
        self.tweets[version] = tweet
        return tweet

    def delete(self, number: str) -> None:
        """It is gone, with every version."""
        for version in self.tweets[number].history:
            self.tweets[version].deleted = True

    def standing(self) -> Iterator[Tweet]:
        """What stands now, newest first; of an edited post the last version."""
        for tweet in reversed(self.tweets.values()):
            if not tweet.deleted and tweet.history[-1] == tweet.id:
                yield tweet

    def named(self, tweet: Tweet) -> list[Person]:
        """Whom a post names, and whom it answers: X puts their name before it."""
        names = [name.lower() for name in _NAMED.findall(tweet.text)]
        found = [self.people[name] for name in names if name in self.people]
        parent = self.tweets.get(tweet.reply_to)
        if parent and parent.author.id != tweet.author.id and parent.author not in found:
            found.append(parent.author)
        return found

    def summoned(self, us: Person, tweet: Tweet) -> bool:
        """Whether an app may answer this post in our name."""
        quoted = self.tweets.get(tweet.quotes)
        ours = tweet.author.id == us.id or (quoted is not None and quoted.author.id == us.id)
        return ours or us.id in {each.id for each in self.named(tweet)}

    def grant(self, user: Person, scopes: frozenset[str], lasts: float = 7200) -> dict[str, Any]:
        """A pair of tokens."""
        access, renewal = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        grant = Grant(user, scopes, self.now() + lasts)
        self.grants[access] = self.renewals[renewal] = grant
        return {
            "token_type": "bearer",
            "expires_in": int(lasts),
            "access_token": access,
            "refresh_token": renewal,
            "scope": " ".join(sorted(scopes)),
        }

    def _shorten(self, tweet: Tweet) -> None:
        for link in _LINK.findall(tweet.text):
            short = f"https://t.co/{secrets.token_hex(5)}"
            tweet.links[short] = link
            tweet.text = tweet.text.replace(link, short, 1)
