"""What a report counts: promises, and how full a limit was."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.report.record import Kept, Moments, most_at_once, tally
from tests.conftest import MONDAY

SECONDS = st.lists(st.integers(0, 5000).map(float), max_size=40).map(sorted)
MOMENTS = st.integers(-1000, 1000).map(lambda s: MONDAY + timedelta(seconds=s))
PROMISES = st.lists(
    st.builds(
        Kept, words=st.just("x"), keeper=st.just("y"), due_at=MOMENTS, kept_at=st.none() | MOMENTS
    )
)


@given(SECONDS, st.integers(1, 2000))
def test_a_sliding_window_holds_what_counting_by_hand_finds(
    moments: list[float], length: int
) -> None:
    by_hand = max((sum(at - length < each <= at for each in moments) for at in moments), default=0)
    assert most_at_once(np.array(moments), length) == by_hand


@given(SECONDS, st.integers(1, 2000), st.integers(-3000, 3000))
def test_a_fixed_window_counts_in_its_own_frames(
    moments: list[float], length: int, ends: int
) -> None:
    frames = [(at - ends) // length for at in moments]
    by_hand = max((frames.count(each) for each in frames), default=0)
    assert most_at_once(np.array(moments), length, ends) == by_hand
    assert by_hand <= most_at_once(np.array(moments), length)


@given(PROMISES)
def test_every_promise_is_kept_broken_or_open(promises: list[Kept]) -> None:
    kept, late, still = tally(promises, MONDAY)
    assert kept + late + still == len(promises)
    assert min(kept, late, still) >= 0


def test_of_four_promises_one_is_open() -> None:
    hour = timedelta(hours=1)

    def due(at: datetime, kept: datetime | None) -> Kept:
        return Kept("", "", at, kept)

    promises = [
        due(MONDAY - hour, MONDAY - 2 * hour),
        due(MONDAY - 2 * hour, MONDAY - hour),
        due(MONDAY - hour, None),
        due(MONDAY + hour, None),
    ]
    assert tally(promises, MONDAY) == (1, 2, 1)


@pytest.mark.parametrize(("minutes", "took"), [(None, None), (24, timedelta(minutes=24))])
def test_the_first_public_word_counts_from_the_alarm(
    minutes: int | None, took: timedelta | None
) -> None:
    stated = MONDAY + timedelta(minutes=minutes) if minutes else None
    declared = MONDAY + timedelta(minutes=8)
    assert Moments(MONDAY, declared, stated, None, None).until_stated == took
