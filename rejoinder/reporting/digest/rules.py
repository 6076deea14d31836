"""When a digest is due, and until when its page opens. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPEN = timedelta(days=14)  # for an answer to it, and as long an answer stands beside conversations
LATE = timedelta(days=1)  # a desk that was down longer waits for the next one


def last_due(weekday: int, hour: int, now: datetime, zone: ZoneInfo) -> datetime:
    """The newest moment that is not after `now` on this day of the week (Monday is 0) at this hour
    of the zone's clock, in UTC. An hour that a change of clocks leaves out is the one after it.
    """
    today = now.astimezone(zone).date()
    back = (today.weekday() - weekday) % 7
    this_week, before = (
        datetime.combine(today - timedelta(days=days), time(hour), zone).astimezone(UTC)
        for days in (back, back + 7)
    )
    return this_week if this_week <= now else before


def is_due(due: datetime, set_at: datetime, now: datetime) -> bool:
    """Not before it was chosen, and not so late that it would be old news."""
    return set_at < due <= now < due + LATE
