"""The score says what it says: shares, gaps and Jain's index, and what a window was used for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rejoinder.drill.day import Day, draw
from rejoinder.drill.limits import Limit
from rejoinder.drill.played import REPLY, Played, Post
from rejoinder.drill.score import jain, score
from rejoinder.drill.use import use
from rejoinder.drill.world import Channel, Surge, World

WORLD = replace(World(), usual=300.0, surges=(Surge(shape="news", begins_h=14, mentions=300),))


def answered(day: Day, after_s: float, who: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Played:
    """A record in which some have a reply after a while."""
    at = np.where(who, day.at + after_s, np.inf)
    return Played([], [], at, np.where(who, REPLY, 0), np.full(8, np.inf), [[] for _ in range(7)])


@given(shares=st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_jain_is_one_for_equal_shares_and_never_under_one_nth(shares: list[float]) -> None:
    found = jain(np.array(shares))
    assert 1 / len(shares) - 1e-9 <= found <= 1 + 1e-9
    assert jain(np.full(len(shares), 0.3)) == pytest.approx(1)


def test_jain_when_one_has_everything() -> None:
    assert jain(np.array([1.0, 0, 0, 0])) == 0.25


def test_everybody_within_the_hour_is_all_there_is() -> None:
    day = draw(WORLD, 1)
    found = score(WORLD, day, answered(day, 60, np.ones(len(day), dtype=bool)), 100.0)
    worth = np.array(WORLD.worth())[day.need].sum()
    assert found.value == found.values["standard"] == pytest.approx(worth)
    assert found.ratio == pytest.approx(worth / 100)
    assert found.answered_1h == found.people == (day.need < 3).sum()
    assert found.urgent_1h == found.urgent
    assert found.urgent_late_1h == found.urgent_late_seen_1h == 1
    assert found.phone_minus_x == pytest.approx(0)
    assert found.jain_channels == found.jain_followers == pytest.approx(1)


def test_an_answer_after_the_hour_is_worth_half_and_counts_for_nobody() -> None:
    day = draw(WORLD, 2)
    everybody = np.ones(len(day), dtype=bool)
    soon = score(WORLD, day, answered(day, 3_599, everybody), None)
    late = score(WORLD, day, answered(day, 3_601, everybody), None)
    assert late.value == pytest.approx(soon.value / 2)
    assert (late.answered_1h, late.urgent_1h, late.urgent_late_1h) == (0, 0, 0)
    assert late.ratio is None


def test_a_loud_channel_first_is_seen_in_the_gap_and_in_the_index() -> None:
    day = draw(WORLD, 3)
    found = score(WORLD, day, answered(day, 60, day.channel == 0), None)
    assert found.phone_minus_x == pytest.approx(-1)
    assert found.jain_channels is not None
    assert found.jain_channels < 0.6


def test_a_famous_fifth_first_is_seen_in_the_index() -> None:
    day = draw(WORLD, 4)
    famous = day.followers >= np.quantile(day.followers, 0.8)
    found = score(WORLD, day, answered(day, 60, famous), None)
    assert found.jain_followers == pytest.approx(0.2, abs=0.05)


def test_a_world_without_a_phone_has_no_gap() -> None:
    world = replace(WORLD, channels=(Channel(name="x", share=1),))
    day = draw(world, 5)
    assert score(world, day, answered(day, 60, day.need == 0), None).phone_minus_x is None


def test_an_empty_day_has_no_shares() -> None:
    world = replace(WORLD, usual=0.0, surges=())
    day = draw(world, 0)
    found = score(world, day, answered(day, 60, np.zeros(0, dtype=bool)), 0.0)
    assert (found.value, found.people, found.ratio) == (0, 0, None)
    assert found.urgent_late_1h is found.jain_channels is found.jain_followers is None


def test_use_is_what_is_out_while_somebody_waits_for_room() -> None:
    world = replace(WORLD, limits=(Limit("x", "hour", 4, 3_600), Limit("x", "half", 4, 1_800)))
    posts = [Post(float(at), 0, 0, "reply", 1, 0.0, accepted=True) for at in (10, 20, 30, 9_000)]
    played = Played([], posts, np.zeros(0), np.zeros(0, dtype=int), np.zeros(0), [[(40, "hour")]])
    hour, half = use(world, played)
    assert (hour.peak, hour.bound_moments, hour.while_binding) == (0.75, 1, 0.75)
    assert (half.peak, half.bound_moments, half.while_binding) == (0.75, 0, None)
