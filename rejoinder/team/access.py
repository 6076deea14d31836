"""What each role may do, and the one way to rows that not everybody may see."""

from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet

ANSWER = "answer"  # send, hand over, close, and all else that people outside notice
DRAFT = "draft"  # take, write, note, tag: nothing leaves by it
READ = "read"  # see what people wrote
STEER = "steer"  # take over from others, queue many replies, resolve an uncertain send
CONNECT = "connect"  # connect and disconnect accounts
PEOPLE = "people"  # invite, change roles, remove
AUDIT = "audit"  # read audit lines
OPEN = "open"  # open what was masked, for a purpose
PRIVACY = "privacy"  # keep the ledger, incidents, periods, holds; grant what people ask for

RIGHTS: dict[str, frozenset[str]] = {
    "owner": frozenset({ANSWER, DRAFT, READ, STEER, CONNECT, PEOPLE, AUDIT, OPEN, PRIVACY}),
    "lead": frozenset({ANSWER, DRAFT, READ, STEER, AUDIT, OPEN, PRIVACY}),
    "advisor": frozenset({ANSWER, DRAFT, READ, OPEN}),
    "trainee": frozenset({DRAFT, READ}),
    "auditor": frozenset({AUDIT}),
}

Row = TypeVar("Row", bound=Model)


class Actor(Protocol):
    """Whoever asks: signed in or not."""

    @property
    def is_active(self) -> bool: ...


class NotAllowedError(Exception):
    """The actor may not do this. The message says which right is missing."""


def may(actor: Actor, right: str) -> bool:
    """Whether the actor has a right; nobody has one who was removed or is not signed in.

    A program that works for somebody has no more than its token names (`tokens.py`).
    """
    narrowed = getattr(actor, "narrowed_to", None)
    return _has(actor, right) and (narrowed is None or right in narrowed)


def is_learning(actor: Actor) -> bool:
    """Whether somebody writes what a colleague sends."""
    return _has(actor, DRAFT) and not _has(actor, ANSWER)


def require(actor: Actor, right: str) -> None:
    """Raises NotAllowedError unless the actor has the right."""
    if not may(actor, right):
        raise NotAllowedError(f"This needs the right to {right}; ask an owner of the desk.")


def visible(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those rows about people outside that the actor may see: all of them, or none."""
    return rows if may(actor, READ) else rows.none()


def _has(actor: Actor, right: str) -> bool:
    role = getattr(actor, "role", "")
    return bool(actor.is_active) and right in RIGHTS.get(role, frozenset())
