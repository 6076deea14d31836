"""When a day ends, for what is due in it. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_day(now: datetime, zone: str) -> datetime:
    """When the day ends that it is in the time zone (UTC)."""
    here = ZoneInfo(zone)
    tomorrow = now.astimezone(here).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), here).astimezone(UTC)
