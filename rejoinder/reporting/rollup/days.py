"""Whole days of a zone for many moments at once. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from rejoinder.reporting.rollup.columns import Ints


def midnights(first: date, days: int, zone: ZoneInfo) -> Ints:
    """When each of `days` days begins, and when the last ends, in seconds since 1970."""
    told = (first + timedelta(days=each) for each in range(days + 1))
    return np.array([int(datetime.combine(day, time(), zone).timestamp()) for day in told])


def day_of(at: Ints, zone: ZoneInfo) -> Ints:
    """The day of each moment, as `date.toordinal` counts them."""
    if not len(at):
        return at
    first, last = (
        datetime.fromtimestamp(int(each), UTC).astimezone(zone).date()
        for each in (at.min(), at.max())
    )
    bounds = midnights(first, (last - first).days, zone)
    found: Ints = np.searchsorted(bounds, at, side="right") - 1 + first.toordinal()
    return found
