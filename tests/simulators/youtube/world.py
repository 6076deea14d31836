"""What YouTube keeps: channels, videos, threads with one level of replies, and a day's units."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

CLIENT, SECRET = "made-up-client", "made-up-secret"
UNITS = 10_000
COSTS = {"list": 1, "insert": 50, "update": 50, "delete": 50, "setModerationStatus": 50}
LONGEST = 10_000


class FaultError(Exception):
    """A refusal: its status, its reason, its words."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.status, self.reason, self.message = status, reason, message


@dataclass
class Person:
    """A channel, with its one video."""

    id: str
    handle: str
    video: str
    scopes: str = "https://www.googleapis.com/auth/youtube.force-ssl"


@dataclass
class Said:
    """A comment; a reply has a parent."""

    id: str
    author: Person
    owner: Person
    text: str
    at: float
    order: int
    parent: str = ""
    status: str = "published"
    changed: float = 0.0


@dataclass
class World:
    """All of it."""

    people: dict[str, Person] = field(default_factory=dict)
    comments: dict[str, Said] = field(default_factory=dict)
    tokens: dict[str, tuple[Person, float]] = field(default_factory=dict)
    renewals: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, tuple[Person, str, str]] = field(default_factory=dict)
    spent: int = 0
    units: int = UNITS
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def person(self, handle: str) -> Person:
        """Somebody of this handle, new or known."""
        if handle not in self.people:
            number = next(self.numbers)
            self.people[handle] = Person(f"UC{number:022d}", f"@{handle}", f"vid{number:08d}")
        return self.people[handle]

    def grant(self, who: Person, lasts: float = 3600) -> dict[str, str]:
        """Tokens for somebody."""
        access, refresh = secrets.token_hex(8), secrets.token_hex(8)
        self.tokens[access] = (who, time.time() + lasts)
        self.renewals[refresh] = who
        return {"access_token": access, "refresh_token": refresh}

    def spend(self, units: int) -> None:
        """Take units of the day; a call that is refused costs one. Raises FaultError."""
        if self.spent + units > self.units:
            said = "The request cannot be completed because you have exceeded your quota."
            raise FaultError(403, "quotaExceeded", said)
        self.spent += units

    def say(self, author: Person, owner: Person, text: str, parent: str = "") -> Said:
        """Somebody comments on a video of the owner's. Raises FaultError."""
        if parent and (parent not in self.comments or self.comments[parent].parent):
            words = "The specified parent comment could not be found."
            raise FaultError(404, "parentCommentNotFound", words)
        if not text.strip():
            raise FaultError(400, "commentTextRequired", "Comments cannot be empty.")
        if len(text) > LONGEST:
            raise FaultError(400, "commentTextTooLong", "The comment text is too long.")
        order = next(self.numbers)
        number = f"{parent}.9{order:010d}" if parent else f"Ugx{order:012d}AaABAg"
        self.comments[number] = Said(number, author, owner, text, time.time(), order, parent)
        return self.comments[number]

    def delete(self, number: str) -> None:
        """With its replies. Raises FaultError."""
        if number not in self.comments:
            raise FaultError(404, "commentNotFound", "The comment could not be found.")
        for each in [one.id for one in self.comments.values() if one.parent == number]:
            del self.comments[each]
        del self.comments[number]

    def replies(self, number: str) -> list[Said]:
        """Of a thread, newest first."""
        found = [each for each in self.comments.values() if each.parent == number]
        return sorted(found, key=lambda each: -each.order)
