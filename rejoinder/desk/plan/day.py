"""The day a plan is made for: it begins at midnight where the organisation is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rejoinder.budget.plan.situation import SLICE
from rejoinder.team.models import Organisation

AHEAD = timedelta(hours=6)  # in the evening a plan looks past midnight


@dataclass(frozen=True, slots=True)
class Day:
    """Moments are seconds since `begins`; the plan looks as far as `until`."""

    begins: datetime
    until: float

    def second(self, at: datetime) -> float:
        """A moment as the plan counts."""
        return (at - self.begins).total_seconds()

    def moment(self, second: float) -> datetime:
        """A second of the plan as a moment."""
        return self.begins + timedelta(seconds=second)


def day(now: datetime) -> Day:
    """The day that now is in."""
    organisation = Organisation.objects.first() or Organisation()
    here = now.astimezone(ZoneInfo(organisation.time_zone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    begins = midnight.astimezone(UTC)
    # Two midnights are 23 to 25 hours apart where clocks change.
    ends = (midnight + timedelta(days=1)).astimezone(UTC)
    until = max(ends, now + AHEAD) - begins
    return Day(begins, -(-until.total_seconds() // SLICE) * SLICE)
