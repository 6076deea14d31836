"""How well the plan spends a drilled day: the ratio to hindsight on days it was never tuned on.

The constants were chosen on seeds 0 to 9; this runs on others. Assumptions wrong by half are
measured in `assumptions`, simple policies in `drill`. REJOINDER_BENCH_DAYS sets how many days.
"""

import os
from statistics import mean

from benchmarks.table import Rows, row
from rejoinder.drill.day import draw
from rejoinder.drill.hindsight import bound
from rejoinder.drill.limits import Preset
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.run import run as play
from rejoinder.drill.score import Score, score
from rejoinder.drill.world import World

FIRST = 100
SEEDS = range(FIRST, FIRST + int(os.environ.get("REJOINDER_BENCH_DAYS", "10")))
ASKED: tuple[tuple[Preset, float], ...] = (("1000/day", 0.88), ("2026", 0.90), ("300/day", 0.90))


def run() -> Rows:
    rows: Rows = []
    for limits, asked in ASKED:
        rows += _limits(limits, asked)
    return rows


def _limits(limits: Preset, asked: float) -> Rows:
    days = [_day(World(limits=limits), seed) for seed in SEEDS]
    ratios = [day.ratio or 0.0 for day in days]
    late = mean(day.urgent_late_1h or 0.0 for day in days)
    seen = mean(day.urgent_late_seen_1h or 0.0 for day in days)
    reference = limits == "1000/day"
    return [
        row(f"{limits}, ratio to hindsight", mean(ratios), at_least=asked),
        row(f"{limits}, worst day", min(ratios), at_least=0.84 if reference else None),
        row(f"{limits}, urgent after 15:00", late, at_least=0.92 if reference else None),
        row(f"{limits}, of those recognised", seen, at_least=0.95 if reference else None),
    ]


def _day(world: World, seed: int) -> Score:
    day = draw(world, seed)
    return score(world, day, play(world, day, POLICIES["bid-price"]()), bound(world, day))
