"""The guard at the send button: what must not leave as it is, and what helps. Pure."""

from rejoinder.desk.guard.guard import Guard
from rejoinder.desk.guard.kinds import (
    ASKS_ONCE,
    FINAL,
    IN_PUBLIC,
    MEANS,
    Finding,
    Kind,
    Published,
    Written,
)
from rejoinder.desk.guard.remedy import remedied

__all__ = [
    "ASKS_ONCE",
    "FINAL",
    "IN_PUBLIC",
    "MEANS",
    "Finding",
    "Guard",
    "Kind",
    "Published",
    "Written",
    "remedied",
]
