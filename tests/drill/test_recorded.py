"""Mentions as they came: whatever a file holds, it is played or refused in a sentence."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rejoinder.drill.day import Day, draw
from rejoinder.drill.policies.priority import Priority
from rejoinder.drill.recorded import lines, replay
from rejoinder.drill.result import result
from rejoinder.drill.run import run
from rejoinder.drill.score import score
from rejoinder.drill.world import Surge, World
from rejoinder.drill.worlds import WorldError
from rejoinder.listening.read.words import NEEDS, Need


def vent(texts: Sequence[str]) -> list[Need]:
    return ["vent"] * len(texts)


def day(*recorded: dict[str, Any], seed: int = 1) -> Day:
    source = (json.dumps(line).encode() for line in recorded)
    return replay(World(), lines(source), seed, vent)


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_are_refused_in_a_sentence(source: list[bytes]) -> None:
    words = "."
    try:
        lines(source)
    except WorldError as error:
        words = str(error)
    assert words.endswith(".")


@given(st.lists(st.floats(0, 86_399), min_size=1, max_size=50), st.integers(0, 1_000))
def test_moments_are_kept_and_the_rest_is_drawn_for_the_seed(at: list[float], seed: int) -> None:
    recorded = [{"at": moment} for moment in at]
    found = day(*recorded, seed=seed)
    assert found.at.tolist() == sorted(at)
    assert len(np.unique(found.person)) == len(at)
    assert np.array_equal(found.patience_s, day(*recorded, seed=seed).patience_s)


def test_the_arrivals_of_a_result_play_the_same_day() -> None:
    world = replace(World(), usual=200.0, surges=(Surge(shape="news", begins_h=12, mentions=200),))
    drawn = draw(world, 3)
    record = run(world, drawn, Priority())
    scored = score(world, drawn, record, None)
    out = result(world, drawn, record, seed=3, policy="priority", mode="strict", score=scored)
    told = lines(msgspec.json.encode(arrival) for arrival in out.arrivals)
    again = replay(world, told, 99, vent)
    assert run(world, again, Priority()).decisions == record.decisions
    assert np.array_equal(again.need, drawn.need)
    assert np.array_equal(again.followers, drawn.followers)


def test_a_question_that_the_world_lacks_is_refused() -> None:
    with pytest.raises(WorldError, match="does not have"):
        day({"at": 1, "question": 8})


def test_a_text_is_read_and_a_label_is_the_truth() -> None:
    found = day({"at": 1, "text": "hm"}, {"at": 2, "text": "hm", "need": "urgent"}, {"at": 3})
    assert [NEEDS[need] for need in found.seen_need[:2]] == ["vent", "vent"]
    assert [NEEDS[need] for need in found.need[:2]] == ["vent", "urgent"]


def test_a_day_begins_at_midnight_where_it_was_written() -> None:
    found = day({"created_at": "2030-01-25T00:30:00+01:00"}, {"created_at": "2030-01-25T22:30:00Z"})
    assert found.at.tolist() == [1_800, 84_600]


def test_a_moment_before_all_time_is_refused() -> None:
    with pytest.raises(WorldError, match="too far"):
        day(
            {"created_at": "2030-01-25T00:30:00+01:00"}, {"created_at": "0001-01-01T00:00:00+09:00"}
        )


def test_a_broken_emoji_or_a_zero_byte_in_a_text_is_read_as_any_other() -> None:
    assert len(day({"at": 1, "text": "a\x00b 👩‍👩‍👧"}, {"at": 2, "text": " "})) == 2


def test_too_many_mentions_are_refused() -> None:
    with pytest.raises(WorldError, match="too many"):
        lines(b'{"at": 1}' for _ in range(100_001))
