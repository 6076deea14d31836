"""What a ticket system can be asked, whichever it is. Pure."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket as it stands there; `there` is its state in that system's own word."""

    number: str
    url: str
    there: str
    closed: bool


class RefusedError(Exception):
    """It will not be done, and trying again changes nothing. The message is for the advisor."""


class LaterError(Exception):
    """Nothing was done there; it may be tried again."""


class UnsureError(Exception):
    """It may have been done there: nobody heard the answer. Asked again it could be done twice."""


class System(Protocol):
    """One ticket system. Every call raises RefusedError or LaterError, `create` also UnsureError.

    `close` may be asked again: what is closed stays as it is.
    """

    def test(self) -> None: ...
    def create(self, title: str, text: str) -> Found: ...
    def look(self, number: str) -> Found: ...
    def close(self, number: str, words: str) -> Found: ...
