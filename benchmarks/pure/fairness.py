"""Whose turn it is on ten whole days: blind to fame and to names, in order, for everybody alike.

A schedule is every decision with its moment, mention, act and reason, as bytes. The days are of
seeds that nothing was fitted on.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

import msgspec
import numpy as np

from benchmarks.table import Rows, row
from rejoinder.drill.day import Day, draw
from rejoinder.drill.overtaken import overtaken
from rejoinder.drill.played import Played
from rejoinder.drill.policies import Mode
from rejoinder.drill.policies.bid_price import BidPrice
from rejoinder.drill.reasons import REASONS
from rejoinder.drill.run import run as play
from rejoinder.drill.score import Score, score
from rejoinder.drill.world import World

FIRST = 100
SEEDS = range(FIRST, FIRST + int(os.environ.get("REJOINDER_BENCH_DAYS", "10")))
SCARCE = World()
ROOMY = World(name="no limit binds", limits="none")
# Whichever of these carries what another does, none of their limits may bind. That of mastodon, 300
# in three hours, is one that the plan has to reckon with when it carries what facebook does.
FREE = ("facebook", "bluesky", "wordpress", "phone")
APART, ALIKE = 0.02, 0.97


def run() -> Rows:
    """Schedules that differ, people overtaken, decisions without a reason, and gaps."""
    return [*_invariants(), *_where_nothing_binds()]


def _invariants() -> Rows:
    famous = renamed = nameless = passed = decisions = 0
    for seed in SEEDS:
        day = draw(SCARCE, seed)
        usual = _played(SCARCE, day)
        famous += _schedule(_played(SCARCE, _others_followers(day, seed))) != _schedule(usual)
        renamed += _schedule(_played(SCARCE, _other_names(day, seed))) != _schedule(usual)
        nameless += sum(one.reason not in REASONS for one in usual.decisions)
        decisions += len(usual.decisions)
        passed += overtaken(day, _played(SCARCE, day, "strict"))
    days = f"of {len(SEEDS)} days"
    return [
        row("I1: schedules that other followers change", famous, at_most=0, detail=days),
        row("I2: schedules that other names change", renamed, at_most=0, detail=days),
        row("I3: equals overtaken in strict mode", passed, at_most=0, detail=days),
        row("I4: decisions without a reason", nameless, at_most=0, detail=f"of {decisions:,}"),
    ]


def _where_nothing_binds() -> Rows:
    """The reference day without any limit; ten advisors are still too few at its worst hour."""
    found = [_scored(ROOMY, seed) for seed in SEEDS]
    return [
        _told("gap phone − X", [one.phone_minus_x for one in found], at_most=APART),
        _told("Jain over channels", [one.jain_channels for one in found], at_least=ALIKE),
        _told("Jain over followers", [one.jain_followers for one in found], at_least=ALIKE),
    ]


def _told(
    what: str,
    values: Sequence[float | None],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> dict[str, object]:
    known = [value for value in values if value is not None]
    detail = f"{min(known):.3f} to {max(known):.3f} on {len(known)} days, no limit binding"
    return row(what, mean(known), at_most=at_most, at_least=at_least, detail=detail)


def _scored(world: World, seed: int) -> Score:
    day = draw(world, seed)
    return score(world, day, _played(world, day), None)


def _played(world: World, day: Day, mode: Mode = "within-the-hour") -> Played:
    return play(world, day, BidPrice(), mode)


def _schedule(played: Played) -> bytes:
    return msgspec.json.encode([(one.at, one.mention, one.do, one.reason) for one in played[0]])


def _others_followers(day: Day, seed: int) -> Day:
    return replace(day, followers=np.random.default_rng(seed).permutation(day.followers))


def _other_names(day: Day, seed: int) -> Day:
    """The channels whose limits do not bind, called by each other's names."""
    places = SCARCE.places()
    free = np.array([places[name] for name in FREE])
    label = np.arange(len(places))
    label[free] = np.roll(free, 1 + seed % (len(free) - 1))
    return replace(day, channel=label[day.channel])
