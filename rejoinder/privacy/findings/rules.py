"""By when a finder hears that we have their report, and how credit stands. Pure.

Five working days, as the Vulnerability Disclosure Toolkit of the UK's National Cyber Security
Centre has it. Saturdays and Sundays do not count; public holidays do, so that a finder abroad can
count along and we are never later than we said.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rejoinder.privacy.incidents.clock import end_of, working_day

WORKING_DAYS = 5


class Credit(StrEnum):
    """Whether the finder wants to be named, and is."""

    UNASKED = "unasked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


def due(came_at: datetime, zone: ZoneInfo) -> datetime:
    """The last moment to say that we have it: the end of the fifth working day after it came."""
    day = came_at.astimezone(zone).date()
    for _ in range(WORKING_DAYS):
        day = working_day(day + timedelta(days=1), lambda _: False)
    return end_of(day, zone)


def may_become(now: Credit, then: Credit) -> bool:
    """Whether credit may change so: nobody is named who did not ask."""
    return now is not Credit.UNASKED and then in {Credit.GIVEN, Credit.REFUSED} and now is not then
