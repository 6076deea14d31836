"""The answers of django-helpdesk's API, read at the border. Pure."""

from typing import TypeVar

import msgspec

from rejoinder.desk.tickets.contract import Found

OPEN, REOPENED, RESOLVED, CLOSED, DUPLICATE = 1, 2, 3, 4, 5
_SAYS = {
    OPEN: "Open",
    REOPENED: "Reopened",
    RESOLVED: "Resolved",
    CLOSED: "Closed",
    DUPLICATE: "Duplicate",
}
_DONE = {RESOLVED, CLOSED, DUPLICATE}


class UnreadableError(ValueError):
    """The answer is none of a django-helpdesk."""


class _Ticket(msgspec.Struct, frozen=True):
    id: int
    status: int


_Kind = TypeVar("_Kind", bound=msgspec.Struct)


class _Page(msgspec.Struct, frozen=True):
    results: list[_Ticket]


def ticket(body: bytes, base: str) -> Found:
    """One ticket; `base` is where the system's pages begin. Raises UnreadableError.

    A state that the installation added itself is told by its number, and counts as open.
    """
    told = _decoded(body, _Ticket)
    if told.id < 1:
        raise UnreadableError
    there = _SAYS.get(told.status, str(told.status)[:60])
    return Found(str(told.id), f"{base}/tickets/{told.id}/", there, told.status in _DONE)


def page(body: bytes) -> None:
    """Raises UnreadableError unless this is a page of tickets."""
    _decoded(body, _Page)


def why(body: bytes) -> str:
    """What it objects to, of an answer that refuses: its fields with their sentences."""
    try:
        told = msgspec.json.decode(body, type=dict[str, str | list[str]])
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return ""
    lines = [
        f"{name}: {words if isinstance(words, str) else ' '.join(words)}"
        for name, words in list(told.items())[:5]
    ]
    return _line("; ".join(lines))[:200]


def _decoded(body: bytes, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        raise UnreadableError from None


def _line(text: str) -> str:
    return " ".join("".join(each for each in text if each.isprintable() or each == " ").split())
