"""How many of the mentions report a problem, and in what mood they are, by bin."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import numpy as np
from django.db import connection

from rejoinder.crisis.picture.bins import Bins
from rejoinder.crisis.picture.usual import Ints
from rejoinder.listening.intake.since import first_since
from rejoinder.listening.read.words import PROBLEMS, SENTIMENTS
from rejoinder.plumbing.sql import fetch

_SECONDS = {
    "sqlite": "unixepoch(created_at)",
    "postgresql": "extract(epoch FROM created_at)",
}
_COUNT = """
SELECT CAST(floor(({seconds} - %s) / %s) AS integer) AS place, sentiment, intent IN ({problems}),
       count(*)
FROM listening_mention
WHERE id >= %s AND NOT ours AND created_at >= %s AND created_at < %s AND intent <> ''
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Readings:
    """Counts by bin of what was read: all, those that report a problem, and by sentiment."""

    bins: Bins
    read: Ints
    problems: Ints
    moods: dict[str, Ints]


def readings(bins: Bins) -> Readings:
    """One statement over what was heard since the first bin began."""
    shape = (bins.many, len(SENTIMENTS), 2)
    counts = np.zeros(shape, dtype=np.int64)
    for place, sentiment, problem, many in _counted(bins):
        if sentiment in SENTIMENTS:
            counts[place, SENTIMENTS.index(sentiment), int(problem)] += many
    return Readings(
        bins=bins,
        read=counts.sum(axis=(1, 2)),
        problems=counts[:, :, 1].sum(axis=1),
        moods={mood: counts[:, at].sum(axis=1) for at, mood in enumerate(SENTIMENTS)},
    )


def _counted(bins: Bins) -> list[tuple[int, str, bool, int]]:
    """Rows of (bin, sentiment, whether a problem, how many)."""
    adapt = connection.ops.adapt_datetimefield_value
    statement = _COUNT.format(
        seconds=_SECONDS[connection.vendor], problems=", ".join(["%s"] * len(PROBLEMS))
    )
    times: list[datetime] = [bins.begins, bins.ends]
    values = (
        bins.begins.timestamp(),
        bins.width.total_seconds(),
        *PROBLEMS,
        first_since(bins.begins),
        *map(adapt, times),
    )
    return cast("list[tuple[int, str, bool, int]]", fetch(statement, values))
