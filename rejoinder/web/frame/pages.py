"""Where a page of a long list goes on: after a row, never after a number of rows."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page that is sorted by time, then by id."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.id}"


def position(request: HttpRequest, name: str = "before") -> Position | None:
    """The position asked for; None for none, and for one that somebody mistyped."""
    moment, _, number = request.GET.get(name, "").partition("_")
    try:
        found = Position(datetime.fromisoformat(moment.replace(" ", "+")), int(number))
    except ValueError:
        return None
    return found if found.at.tzinfo and 0 <= found.id < 2**63 else None
