"""What came today, and what usually comes: counts by slices of half an hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

import numpy as np
from django.db import connection
from django.db.models import Sum

from rejoinder.budget.plan.situation import SLICE, Arrivals, Floats, Ints
from rejoinder.desk.plan.day import Day
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import MinuteCount
from rejoinder.listening.read.words import NEEDS
from rejoinder.plumbing.sql import fetch

PAST = timedelta(days=28)
ENOUGH = 3  # days that were heard, before their mean says anything

_SECONDS = {
    "sqlite": "unixepoch(created_at)",
    "postgresql": "extract(epoch FROM created_at)",
}
# `need` as read: what was not read counts as common.
_COUNT = """
SELECT CAST(({seconds} - %s) / %s AS integer) AS slice, account_id, coalesce(need, 2),
       question_id IS NOT NULL, count(*)
FROM listening_mention
WHERE id >= %s AND NOT ours AND created_at >= %s AND created_at < %s AND account_id IS NOT NULL
GROUP BY 1, 2, 3, 4
"""


def arrivals(accounts: Sequence[int], day: Day, now: datetime) -> Arrivals:
    """Of these accounts, by number; one statement over what was heard since the day began."""
    slices = int(day.second(now) // SLICE) + 1
    counts = np.zeros((slices, len(accounts), len(NEEDS), 2), dtype=np.int64)
    places = {account: place for place, account in enumerate(accounts)}
    for at, account, need, asked, many in _counted(day, now):
        if account in places:
            counts[min(at, slices - 1), places[account], need, int(asked)] += many
    return Arrivals(0.0, counts, _usual(day, counts))


def _counted(day: Day, now: datetime) -> list[tuple[int, int, int, bool, int]]:
    """Rows of (slice, account, need, has a question, how many)."""
    adapt = connection.ops.adapt_datetimefield_value
    statement = _COUNT.format(seconds=_SECONDS[connection.vendor])
    values = (day.begins.timestamp(), SLICE, first_since(day.begins), adapt(day.begins), adapt(now))
    return cast("list[tuple[int, int, int, bool, int]]", fetch(statement, values))


def _usual(day: Day, counts: Ints) -> Floats:
    """The mean of the last four weeks in each slice; the day's own level while they are unknown."""
    slices = int(day.until // SLICE)
    rows = (
        MinuteCount.objects.filter(minute__gte=day.begins - PAST, minute__lt=day.begins)
        .values_list("minute")
        .annotate(mentions=Sum("mentions"))
    )
    heard = np.array([(day.second(minute), many) for minute, many in rows])
    days = len(np.unique(heard[:, 0] // 86_400)) if len(heard) else 0
    if days < ENOUGH:
        return np.full(slices, max(float(counts.sum()) / len(counts), 1e-3))
    of_day = (heard[:, 0] % 86_400 // SLICE).astype(np.int64)
    mean = np.bincount(of_day, weights=heard[:, 1], minlength=48) / days
    return np.maximum(mean[np.arange(slices) % 48], 1e-3)
