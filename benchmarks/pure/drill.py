"""Drilled days: what simple policies reach of hindsight, and how long a whole day takes.

Seconds are those of one core. The bare loop hands the same events out in order of time and does
nothing with them.
"""

import heapq
from time import process_time

from msgspec.structs import replace

from benchmarks.table import Rows, row
from rejoinder.drill.day import Day, draw
from rejoinder.drill.hindsight import bound
from rejoinder.drill.limits import Preset
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.run import run as play
from rejoinder.drill.score import score
from rejoinder.drill.world import World

SEEDS = (101, 102, 103)
LIMITS: tuple[Preset, ...] = ("1000/day", "2026", "300/day")
SIMPLE = ("fcfs", "followers-first", "priority", "even-pacing")
WHOLE_DAY_S = 60.0


def run() -> Rows:
    """Days of seeds that nothing was fitted on."""
    return [*_reached(), *_times()]


def _reached() -> Rows:
    rows = []
    for limits in LIMITS:
        world = replace(World(), limits=limits)
        days = [draw(world, seed) for seed in SEEDS]
        bounds = [bound(world, day) for day in days]
        for policy in SIMPLE:
            scores = [
                score(world, day, play(world, day, POLICIES[policy]()), most)
                for day, most in zip(days, bounds, strict=True)
            ]
            ratios = [one.value / most for one, most in zip(scores, bounds, strict=True)]
            late = [one.urgent_late_1h or 0.0 for one in scores]
            detail = (
                f"{min(ratios):.2f} to {max(ratios):.2f} on {len(SEEDS)} days; urgent after 15:00 "
                f"within the hour {sum(late) / len(late):.2f}"
            )
            what = f"{policy} of hindsight, {limits}"
            rows.append(row(what, sum(ratios) / len(ratios), detail=detail))
    return rows


def _times() -> Rows:
    world = World()
    day = draw(world, SEEDS[0])
    rows = []
    for policy in ("fcfs", "bid-price"):
        bare, began = _bare(day), process_time()
        play(world, day, POLICIES[policy]())
        took = process_time() - began
        detail = f"{took:.1f} s for {len(day):,} mentions, {took / bare:,.0f} times the bare loop"
        rows.append(row(f"seconds a day, {policy}", took, at_most=WHOLE_DAY_S, detail=detail))
    return rows


def _bare(day: Day) -> float:
    """Seconds for the events of a day alone: each mention comes, is answered and leaves."""
    began = process_time()
    events = [(at, number) for number, at in enumerate(day.at.tolist())]
    heapq.heapify(events)
    comes = len(events)
    while events:
        at, number = heapq.heappop(events)
        if number < comes:
            heapq.heappush(events, (at + float(day.handling_s[number]), comes))
            heapq.heappush(events, (at + float(day.patience_s[number]), comes))
    return process_time() - began
