"""What Flickr keeps: people, their photos, the comments on them, and how often a key called."""

import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

KEY, SECRET = "made-up-key", "made-up-secret"
CALLS, HOUR = 3600, 3600
# What a comment may hold of HTML; the rest is taken out as the site does.
_UNWANTED = re.compile(r"<(?!/?(?:a|b|i|em|strong|s|u|br|blockquote)\b)[^<>]*>", re.IGNORECASE)


@dataclass
class Person:
    """Somebody, with the token that lets an app in."""

    nsid: str
    username: str
    token: str = ""
    token_secret: str = ""
    perms: str = "write"


@dataclass
class Comment:
    """A comment on a photo."""

    id: str
    author: Person
    photo: str
    text: str
    at: int


class FailError(Exception):
    """A refusal: what Flickr writes into `code` and `message`."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class World:
    """All of it. `pace`: so many comments of one person in a minute."""

    people: dict[str, Person] = field(default_factory=dict)
    photos: dict[str, Person] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    requests: dict[str, tuple[str, str]] = field(default_factory=dict)
    calls: list[tuple[float, str]] = field(default_factory=list)
    cap: int = CALLS
    pace: int = 10_000
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def person(self, username: str) -> Person:
        """Somebody of this name, new or known."""
        if username not in self.people:
            made = Person(f"{10_000 + next(self.numbers)}@N01", username)
            made.token, made.token_secret = secrets.token_hex(8), secrets.token_hex(8)
            self.people[username] = made
        return self.people[username]

    def of_nsid(self, nsid: str) -> Person | None:
        """Whom Flickr knows by this id."""
        return next((each for each in self.people.values() if each.nsid == nsid), None)

    def photo(self, owner: Person) -> str:
        """A new photo of somebody."""
        number = str(53_000_000_000 + next(self.numbers))
        self.photos[number] = owner
        return number

    def say(self, who: Person, photo: str, text: str) -> Comment:
        """Somebody comments. Raises FailError."""
        if photo not in self.photos:
            raise FailError(1, "Photo not found.")
        if not text.strip():
            raise FailError(8, "Blank comment.")
        now = int(time.time())
        late = [c for c in self.comments.values() if c.author is who and c.at > now - 60]
        if len(late) >= self.pace:
            raise FailError(9, "User is posting comments too fast.")
        number = f"6065-{photo}-{72_157_594_000_000_000 + next(self.numbers)}"
        clean = _UNWANTED.sub("", text.replace("\r\n", "\n"))
        self.comments[number] = Comment(number, who, photo, clean, now)
        return self.comments[number]

    def on(self, photo: str) -> list[Comment]:
        """The comments on a photo, oldest first."""
        return [each for each in self.comments.values() if each.photo == photo]

    def own(self, who: Person, number: str) -> Comment:
        """A comment of somebody's. Raises FailError."""
        found = self.comments.get(number)
        if found is None:
            raise FailError(2, "Comment not found.")
        if found.author is not who:
            raise FailError(99, "User not logged in / Insufficient permissions")
        return found

    def called(self, method: str) -> bool:
        """Count a call; whether it is within the hour's."""
        now = time.time()
        self.calls = [each for each in self.calls if each[0] > now - HOUR]
        self.calls.append((now, method))
        return len(self.calls) <= self.cap
