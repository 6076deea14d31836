"""People, Pages, their tokens, and the refusals of a Graph API.

Numbers and words of refusals: Graph API, Error Handling and Rate Limits; Messenger Platform.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

APP, SECRET = "1234567890", "made-up-secret"
WEEK, DAY = 7 * 86_400, 86_400
GONE = (
    "Unsupported request. Object with ID '{}' does not exist, cannot be loaded due to missing "
    "permissions, or does not support this operation"
)


class FaultError(Exception):
    """A refusal: its status, its code, its words, its subcode."""

    def __init__(self, status: int, code: int, message: str, subcode: int = 0) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.subcode = status, code, message, subcode


@dataclass
class Person:
    """Somebody, or a Page; `shown` is what /me/accounts tells of it beside its name."""

    id: str
    name: str
    page: bool = False
    post: str = ""  # the one post of a Page
    scopes: str = ""
    calls: int = 0
    cap: int = 1_000_000
    minutes: int = 7  # until it lets us in again
    hooks: str = ""
    shown: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Graph:
    """Who there is, and with what they are let in."""

    people: dict[str, Person] = field(default_factory=dict)
    tokens: dict[str, tuple[Person, str]] = field(default_factory=dict)  # and the kind
    codes: dict[str, tuple[Person, str]] = field(default_factory=dict)
    looks_after: dict[str, list[Person]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def token(self, who: Person, kind: str) -> str:
        """A token for a Page, or one of a person, short or lasting."""
        made = f"EAA{secrets.token_hex(12)}"
        self.tokens[made] = (who, kind)
        return made

    def person(self, name: str, *, page: bool = False) -> Person:
        """Somebody of this name, new or known."""
        raise NotImplementedError
