"""Seven real crises of 2012: is each main onset alarmed, and how many alarms does a file get?

Posts by the minute, a sample of all; minutes without a post are left out of the files, so absent
is zero. The main onset is the first hour with half as many posts as the busiest one. It counts as
alarmed if an episode is open in that hour or the one after.
"""

from collections import Counter
from typing import NamedTuple

from benchmarks.outside import folder
from benchmarks.table import Rows, row
from rejoinder.crisis.surge.series import Bin, Series, read
from rejoinder.crisis.surge.surge import Surge

HOUR = 3600


class Episode(NamedTuple):
    """From the bin of the alarm to the last loud one; one that is open ends with the file."""

    began: float
    ended: float


def run() -> Rows:
    rows: Rows = []
    for path in sorted((folder() / "crises_2012").glob("*_per_minute.csv")):
        name = path.name.removeprefix("2012_").removesuffix("_per_minute.csv").replace("_", " ")
        with path.open(encoding="utf-8", newline="") as file:
            series = read(file, zeros=True)
            bins = list(series.bins)
        episodes, onset = _episodes(series, bins), _onset(bins)
        seen = [one for one in episodes if one.began < onset + 2 * HOUR and one.ended >= onset]
        alarmed = (
            f"{(seen[0].began - onset) / HOUR:+.1f} h from its beginning" if seen else "missed"
        )
        rows += [
            row(f"{name}: main onset alarmed", float(bool(seen)), at_least=1, detail=alarmed),
            row(f"{name}: alarms", len(episodes), at_most=3),
        ]
    return rows


def _episodes(series: Series, bins: list[Bin]) -> list[Episode]:
    surge = Surge.begin(series.length, silent_until=series.known_at)
    found: list[Episode] = []
    for one in bins:
        if surge.add(one.at, one.came):
            found.append(Episode(one.at, bins[-1].at))
        elif found and surge.until:
            found[-1] = Episode(found[-1].began, surge.until)
    return found


def _onset(bins: list[Bin]) -> float:
    hours = Counter[int]()
    for one in bins:
        hours[int(one.at // HOUR)] += int(one.came)
    busiest = max(hours.values())
    return min(hour for hour, posts in hours.items() if posts >= busiest / 2) * float(HOUR)
