"""What came of telling people: who did not ask again within a day. Pure.

Told is reach and no more; not to have asked again is the result, and only once the day is over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(hours=24)
TOO_FEW = 20  # told; below, a share says nothing


@dataclass(frozen=True, slots=True)
class Outcome:
    """People by what came of it; `settled` and `again` of those told a day ago or longer, `so_far`
    have not asked again and their day is not over.
    """

    told: int
    settled: int
    again: int
    so_far: int

    @property
    def share(self) -> float | None:
        """Settled of all whose day is over; None while those are too few to say."""
        over = self.settled + self.again
        return self.settled / over if over >= TOO_FEW else None


def outcome(
    told: Mapping[int, datetime], asked: Iterable[tuple[int, datetime]], now: datetime
) -> Outcome:
    """`told` gives when each person was told first; `asked` who asked the same, and when."""
    again = {
        person for person, at in asked if person in told and told[person] < at <= told[person] + DAY
    }
    quiet = [at for person, at in told.items() if person not in again]
    settled = sum(at + DAY <= now for at in quiet)
    return Outcome(len(told), settled, len(again), len(quiet) - settled)
