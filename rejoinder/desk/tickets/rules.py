"""What may be asked of a ticket as it stands, and when one is looked at again. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

TITLE, TEXT, WORDS = 200, 4000, 1000  # characters that are sent at most
MOST = 5  # tickets of one conversation that are not closed
FRESH, FOLLOWED = timedelta(days=1), timedelta(days=30)


class State(StrEnum):
    """Of one ticket, as far as we know."""

    ASKED = "asked"  # nothing has left yet
    SENDING = "sending"  # it is on its way, or the process that sent it died
    OPEN = "open"
    CLOSED = "closed"
    UNSURE = "unsure"  # it may have been made there
    FAILED = "failed"


class Want(StrEnum):
    """What the worker asks the other system next."""

    CREATE = "create"
    LOOK = "look"
    CLOSE = "close"


def next_look(made_at: datetime, now: datetime, *, closed: bool) -> datetime | None:
    """Often on the first day, seldom for a month, then only when somebody asks."""
    age = now - made_at
    if closed or age >= FOLLOWED:
        return None
    return now + (timedelta(minutes=10) if age < FRESH else timedelta(hours=6))


def may_close(state: State, want: str) -> bool:
    """Of one that is open there, and not being closed already."""
    return state is State.OPEN and want != Want.CLOSE


def may_make_again(state: State, number: str) -> bool:
    """Of one that was never made, as far as anybody knows."""
    return state in (State.UNSURE, State.FAILED) and not number


def is_number(text: str) -> bool:
    """Whether this can be the number of a ticket."""
    return text.isascii() and text.isdecimal() and 0 < len(text) <= 12 and int(text) > 0
