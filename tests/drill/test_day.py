"""A day is drawn once for a seed, and moving one assumption leaves the rest of it alone."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rejoinder.drill.day import COMMON, Day, draw
from rejoinder.drill.surges import surges_a_minute
from rejoinder.drill.world import Client, Surge, World
from rejoinder.listening.read.words import NEEDS


def same(one: Day, other: Day) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(astuple(one), astuple(other), strict=True))


@given(seed=st.integers(0, 2**40))
@settings(max_examples=10, deadline=None)
def test_a_day_is_the_same_for_the_same_seed(seed: int) -> None:
    day = draw(World(), seed)
    assert same(day, draw(World(), seed))
    assert not same(day, draw(World(), seed + 1))
    assert (np.diff(day.at) >= 0).all()
    assert day.at.min() >= 0
    assert day.at.max() < 86_400


def test_the_reference_days_are_those_of_the_published_world() -> None:
    days = [draw(World(), seed) for seed in range(40)]
    need = np.concatenate([day.need for day in days])
    x = np.concatenate([day.channel == 0 for day in days])
    people = [len(np.unique(day.person)) for day in days]
    assert np.mean([len(day) for day in days]) == pytest.approx(5_700, rel=0.08)
    assert np.mean(people) == pytest.approx(4_030, rel=0.08)
    shares = np.bincount(need, minlength=6) / len(need)
    assert shares == pytest.approx([0.04, 0.16, 0.5, 0.25, 0.05, 0], abs=0.005)
    assert x.mean() == pytest.approx(0.8, abs=0.01)


def test_reading_is_wrong_as_often_as_the_world_says() -> None:
    day = draw(World(), 1)
    for need, right in ((0, 0.90), (2, 0.85)):
        assert (day.seen_need[day.need == need] == need).mean() == pytest.approx(right, abs=0.05)
    assert (day.seen_need < len(NEEDS)).all()


def test_nobody_asks_a_question_before_it_begins() -> None:
    world = World()
    day = draw(world, 2)
    asked = day.question >= 0
    begins = np.array([one.begins_h for one in world.questions]) * 3_600
    assert (day.at[asked] >= begins[day.question[asked]]).all()
    assert (day.need[asked] == COMMON).all()
    assert not day.deflected[~asked].any()


def test_moving_one_assumption_leaves_the_rest_of_the_day() -> None:
    day = draw(World(), 3)
    impatient = draw(replace(World(), repeats_share=0.5, sees_share=0.1), 3)
    for name in ("at", "need", "seen_need", "channel", "patience_s", "handling_s", "followers"):
        assert np.array_equal(getattr(day, name), getattr(impatient, name)), name
    assert (np.isfinite(impatient.repeats_at) >= np.isfinite(day.repeats_at)).all()
    assert (impatient.sees <= day.sees).all()


def test_a_flood_comes_from_one_author() -> None:
    quiet = replace(World(), surges=())
    flooded = replace(quiet, surges=(Surge(shape="flood", begins_h=10, mentions=500),))
    day = draw(flooded, 4)
    author, mentions = np.unique(day.person, return_counts=True)
    loudest = day.person == author[mentions.argmax()]
    assert mentions.max() > 400
    assert (day.at[loudest] // 3_600 == 10).all()
    assert len(np.unique(day.channel[loudest])) == 1
    assert {NEEDS[need] for need in day.need[loudest]} == {"none"}
    assert (day.seen_need != day.need)[loudest].any()


@pytest.mark.parametrize(("shape", "peak"), [("outage", (10, 15)), ("slow-leak", (14, 19))])
def test_surges_have_their_shapes_and_overlap(shape: str, peak: tuple[int, int]) -> None:
    surge = Surge(shape=shape, begins_h=9, mentions=1_000)  # type: ignore[arg-type]  # a case
    alone = surges_a_minute(replace(World(), surges=(surge,)))
    twice = surges_a_minute(replace(World(), surges=(surge, surge)))
    assert alone.sum() == pytest.approx(1_000)
    assert alone[: 9 * 60].sum() == 0
    assert peak[0] <= alone.argmax() / 60 <= peak[1]
    assert twice == pytest.approx(2 * alone)


def test_other_clients_post_in_their_hours() -> None:
    client = Client(account="x", from_h=9, to_h=10, posts=30, seen_s=60)
    day = draw(replace(World(), clients=(client,)), 5)
    assert len(day.other_at) == 30
    assert (np.diff(day.other_at) >= 0).all()
    assert np.allclose(day.other_seen_at - day.other_at, 60)


def test_a_world_without_mentions_gives_an_empty_day() -> None:
    assert len(draw(replace(World(), usual=0, surges=()), 6)) == 0
