"""Whatever is played, and whatever the prices are, nobody makes more than hindsight says."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.drill.day import draw as draw_day
from rejoinder.drill.desk import ImpossibleMoveError
from rejoinder.drill.hindsight import bound
from rejoinder.drill.hindsight.certify import certified
from rejoinder.drill.hindsight.chances import chances
from rejoinder.drill.hindsight.prices import Prices
from rejoinder.drill.hindsight.rows import grid
from rejoinder.drill.limits import Limit, Preset
from rejoinder.drill.policies import Known, Move, Policy, Turn, View
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.run import run
from rejoinder.drill.score import score
from rejoinder.drill.world import ByNeed, Client, Cut, Question, Shape, Shift, Surge, World


class Dice:
    """Does something possible at random, or nothing."""

    name = "dice"

    def __init__(self, seed: int) -> None:
        self.stream = np.random.default_rng(seed)

    def start(self, known: Known) -> None:
        self.known = known

    def turn(self, view: View) -> Turn:
        moves = list(self._moves(view))
        if not moves or self.stream.uniform() < 0.1:
            return Turn()
        return Turn(moves[self.stream.integers(len(moves))])

    def _moves(self, view: View) -> Iterator[Move]:
        room = view.left() >= 1
        for place in view.queue()[:30].tolist():
            if room[view.channel[place]]:
                yield Move("answer" if self.stream.uniform() < 0.5 else "point", place, "dice")
        asked = np.isinf(view.published_at) & ~view.being_written & (view.asked > 0)
        for question in np.flatnonzero(asked).tolist() if room[self.known.update] else []:
            yield Move("publish", question, "dice")


def slow(seconds: float) -> ByNeed:
    """Everything takes as long."""
    return ByNeed(urgent=seconds, specific=seconds, common=seconds, vent=seconds, abuse=seconds)


shapes: list[Shape] = ["incident", "news", "outage", "slow-leak", "flood"]
hours = st.integers(0, 23).map(float)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Small worlds in which anything may be scarce, and limits be cut or used by others."""
    ruled = draw(st.booleans())
    cap, window = draw(st.integers(0, 40)), draw(st.sampled_from([700.0, 3_600.0, 86_400.0]))
    rule = Limit("x", "some", cap, window, draw(st.sampled_from(["sliding", "fixed"])))
    shifts = st.tuples(hours, st.integers(1, 5), st.integers(0, 3)).map(
        lambda s: Shift(from_h=s[0], to_h=min(24.0, s[0] + s[1]), advisors=s[2])
    )
    cut = Cut(
        account="x",
        limit="some",
        at_h=draw(hours),
        cap=draw(st.integers(0, 60)),
        notice=draw(st.sampled_from(["before", "refusal", "never"])),
    )
    client = Client(account="x", from_h=8, to_h=20, posts=draw(st.integers(1, 20)))
    return World(
        usual=draw(st.sampled_from([20.0, 80.0, 200.0])),
        surges=(Surge(shape=draw(st.sampled_from(shapes)), begins_h=draw(hours), mentions=60),),
        handling_s=draw(st.sampled_from([World().handling_s, slow(900), slow(20_000)])),
        limits=(rule,) if ruled else (),
        cuts=draw(st.sampled_from([(), (cut,)])) if ruled else (),
        shifts=tuple(draw(st.lists(shifts, min_size=1, max_size=4))),
        clients=draw(st.sampled_from([(), (client,)])),
        money_a_day=draw(st.sampled_from([None, 0.3])),
        sees_share=draw(st.sampled_from([0.0, 0.3, 1.0])),
    )


SIMPLE = ("priority", "even-pacing")  # quick to play; the planned one plays small days above


def value(world: World, seed: int, policy: Policy) -> float:
    day = draw_day(world, seed)
    return score(world, day, run(world, day, policy), None).value


@given(world=worlds(), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_nothing_that_is_played_is_worth_more(world: World, seed: int) -> None:
    most = bound(world, draw_day(world, seed))
    for policy in [*(make() for make in POLICIES.values()), Dice(seed)]:
        assert value(world, seed, policy) <= most


@given(world=worlds(), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_any_prices_give_a_bound(world: World, seed: int) -> None:
    """Also ones that no program would find."""
    stream = np.random.default_rng(seed)
    helped = chances(world, draw_day(world, seed))
    edges = grid(world, helped, 3_600.0)
    buckets, channels = len(edges) - 1, len(world.channels)
    second = stream.exponential(0.002, buckets) * stream.integers(0, 2)
    nothing = np.zeros((channels, buckets))
    odd = Prices(edges, second, nothing, np.zeros(buckets), 0.0)
    for policy in (POLICIES["priority"](), Dice(seed)):
        assert value(world, seed, policy) <= certified(world, helped, odd)


@pytest.mark.parametrize("limits", ["1000/day", "2026"])
def test_no_policy_of_the_drill_is_worth_more_on_a_day_of_the_world(limits: Preset) -> None:
    world = World(limits=limits)
    most = bound(world, draw_day(world, 5))
    found = {name: value(world, 5, POLICIES[name]()) for name in SIMPLE}
    assert max(found.values()) < most
    assert max(found.values()) > 0.7 * most  # and it is near enough to judge by


def test_a_day_of_200_000_mentions_is_bounded_in_time() -> None:
    world = World(usual=786, surges=(Surge(shape="outage", begins_h=9, mentions=60_000),))
    assert bound(world, draw_day(world, 1)) > 0


class Prophet:
    """Publishes before anybody asks: what hindsight itself does not do."""

    name = "prophet"

    def start(self, known: Known) -> None:
        """It keeps nothing."""

    def turn(self, view: View) -> Turn:
        return Turn(Move("publish", 0, "foreseen"))


def test_nobody_publishes_what_was_not_asked() -> None:
    world = World(usual=50, surges=(), questions=(Question(begins_h=23, weight=1),))
    with pytest.raises(ImpossibleMoveError, match="nobody asked"):
        run(world, draw_day(world, 1), Prophet())
