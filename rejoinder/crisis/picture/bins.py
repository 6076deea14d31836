"""The stretch of time that is looked at, in bins that begin with the clock. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEFORE = timedelta(hours=3)  # shown of the time before it began
MOST = 72  # bins on a chart
WIDTHS = tuple(timedelta(minutes=n) for n in (10, 30, 60, 180, 360, 1440))


@dataclass(frozen=True, slots=True)
class Bins:
    """`many` bins of one width from `begins` on; the last one is over or just ending."""

    begins: datetime
    width: timedelta
    many: int

    @property
    def ends(self) -> datetime:
        """The end of the last bin."""
        return self.begins + self.width * self.many

    def start(self, place: int) -> datetime:
        """When a bin begins."""
        return self.begins + self.width * place

    def place(self, at: datetime) -> float:
        """A moment in bins since the first began; its whole part is the bin it is in."""
        return (at - self.begins) / self.width


def bins(began_at: datetime, until: datetime) -> Bins:
    """From a while before it began until the last bin that is over; at least one bin.

    The narrowest width whose bins fit; days beyond that, as many as it takes.
    """
    first = began_at - BEFORE
    width = next((each for each in WIDTHS if (until - first) / each < MOST), WIDTHS[-1])
    begins = floor(first, width)
    return Bins(begins, width, max(1, (floor(until, width) - begins) // width))


def floor(at: datetime, width: timedelta) -> datetime:
    """The moment at or before, at which a bin of this width begins (UTC)."""
    seconds = width.total_seconds()
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, UTC)
