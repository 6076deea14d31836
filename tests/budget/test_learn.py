"""The pure part: what is told of a limit is taken as meant, and never counts ours twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.budget.amount import WHOLE
from rejoinder.budget.learn import (
    ABSURD,
    Standing,
    meant,
    others,
    refused,
    stated,
    used_up,
)
from rejoinder.budget.window import Window
from rejoinder.channels.contract import Observed

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GUARD = timedelta(seconds=2)
HOUR = Window(cap=300 * WHOLE, length=timedelta(hours=1))
DAY = Window(cap=5000 * WHOLE, length=timedelta(days=1), fixed=True)
LIMITS = [("hour", HOUR), ("day", DAY)]

figures = st.none() | st.floats(0, allow_nan=False) | st.integers(0, 400).map(float)
tellings = st.builds(
    Observed,
    name=st.sampled_from(["", "hour", "odd"]),
    window=figures,
    limit=figures,
    remaining=figures,
    share_used=st.none() | st.floats(0, 1),
    resets_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)
standings = st.builds(
    Standing,
    name=st.just("hour"),
    window=st.builds(
        Window,
        cap=st.integers(1, 400).map(lambda cap: cap * WHOLE),
        length=st.just(timedelta(hours=1)),
    ),
    used=st.integers(0, 400).map(lambda used: used * WHOLE),
    flying=st.integers(0, 5).map(lambda flying: flying * WHOLE),
    cost=st.just(WHOLE),
    estimated=st.booleans(),
    corrected=st.booleans(),
)


def standing(used: int, flying: int = 0, cap: int = 10, **more: bool) -> Standing:
    window = Window(cap * WHOLE, timedelta(hours=1))
    return Standing("hour", window, used * WHOLE, flying * WHOLE, WHOLE, **more)


def told(**what: float | str | datetime | None) -> Observed:
    return Observed(**what)  # type: ignore[arg-type]  # keywords of a test


def test_a_limit_is_meant_by_its_name_or_its_window() -> None:
    assert meant(LIMITS, told(name="day", limit=1.0), NOON, GUARD) == ([1], True)
    assert meant(LIMITS, told(window=3600.0, limit=7.0), NOON, GUARD) == ([0], True)
    assert meant(LIMITS, told(name="odd", window=86_400.0), NOON, GUARD) == ([1], True)


def test_what_is_of_no_limit_of_ours_is_passed_over() -> None:
    address = told(window=300.0, limit=3000.0, remaining=0.0)
    assert meant(LIMITS, address, NOON, GUARD) == ([], True)
    assert meant(LIMITS, told(name="odd", remaining=0.0), NOON, GUARD) == ([], False)
    assert meant(LIMITS, told(remaining=0.0), NOON, GUARD) == ([], False)


def test_a_bare_cap_is_of_the_limit_that_has_it_and_can_end_then() -> None:
    soon, late = NOON + timedelta(minutes=59), NOON + timedelta(hours=5)
    assert meant(LIMITS, told(limit=300.0, resets_at=soon), NOON, GUARD) == ([0], False)
    assert meant(LIMITS, told(limit=300.0, resets_at=late), NOON, GUARD) == ([], False)
    midnight = NOON + timedelta(hours=12, seconds=1)
    assert meant(LIMITS, told(limit=5000.0, resets_at=midnight), NOON, GUARD) == ([1], False)
    assert meant(LIMITS, told(limit=5000.0, resets_at=soon), NOON, GUARD) == ([], False)


def test_others_used_what_we_did_not() -> None:
    assert others(standing(used=0), told(limit=10.0, remaining=3.0)) == 7 * WHOLE
    assert others(standing(used=5), told(limit=10.0, remaining=3.0)) == 2 * WHOLE
    assert others(standing(used=5, flying=2), told(limit=10.0, remaining=3.0)) == 0
    assert others(standing(used=2), told(share_used=0.5)) == 3 * WHOLE


@given(standings, tellings)
def test_afterwards_no_more_is_left_than_the_platform_says(one: Standing, what: Observed) -> None:
    theirs = others(one, what)
    assert 0 <= theirs <= one.window.cap
    if what.remaining is not None and what.limit is not None and what.limit * WHOLE < ABSURD:
        left = one.window.cap - one.used - one.flying - theirs
        surplus = max(0, one.window.cap - int(what.limit * WHOLE))
        assert left <= max(0, what.remaining * WHOLE) + surplus + 1


@given(standings, st.integers(0, 50), st.integers(0, 5))
def test_what_only_we_used_is_nobody_elses(one: Standing, arrived: int, counted: int) -> None:
    """The platform has counted what we have, and any part of what is under way."""
    under_way = min(counted * WHOLE, one.flying)
    remaining = max(0, one.window.cap - one.used - under_way) / WHOLE
    assert others(one, told(limit=one.window.cap / WHOLE, remaining=remaining)) == 0


def test_a_stated_cap_is_believed_but_a_person_is_not_overruled_upwards() -> None:
    assert stated(standing(0), told(limit=12.0)) == 12 * WHOLE
    assert stated(standing(0), told(limit=4.0)) == 4 * WHOLE
    assert stated(standing(0), told(limit=10.0)) is None
    assert stated(standing(0, corrected=True), told(limit=12.0)) is None
    assert stated(standing(0, corrected=True), told(limit=4.0)) == 4 * WHOLE


@given(standings, tellings)
def test_no_cap_is_believed_that_lets_nothing_through_or_everything(
    one: Standing, what: Observed
) -> None:
    cap = stated(one, what)
    assert cap is None or one.cost <= cap <= ABSURD


def test_a_refusal_is_of_the_limit_that_frees_when_we_are_let_in() -> None:
    hour, day = standing(used=7), standing(used=8)
    frees = [NOON + timedelta(minutes=20), NOON + timedelta(hours=9)]
    assert refused([hour, day], frees, NOON + timedelta(minutes=20)) == (0, 6 * WHOLE)
    assert refused([hour, day], frees, NOON + timedelta(hours=9)) == (1, 7 * WHOLE)


def test_else_of_one_that_nobody_published_or_of_the_fullest() -> None:
    slice_ = standing(used=2, estimated=True)
    frees = [NOON, NOON]
    later = NOON + timedelta(minutes=5)
    assert refused([standing(used=8), slice_], frees, later) == (1, WHOLE)
    assert refused([standing(used=8), standing(used=9)], frees, later) == (1, 8 * WHOLE)


def test_refused_at_the_first_we_only_wait() -> None:
    assert refused([standing(used=1)], [NOON], NOON) is None
    assert refused([standing(used=2)], [NOON], NOON) == (0, WHOLE)
    assert refused([], [], NOON) is None


def test_a_refusal_beyond_what_we_believe_teaches_nothing() -> None:
    assert refused([standing(used=11)], [NOON], NOON) is None


def test_used_up_is_less_than_one_reply() -> None:
    assert used_up(told(remaining=2.0), 3 * WHOLE)
    assert not used_up(told(remaining=3.0), 3 * WHOLE)
    assert used_up(told(share_used=1.0), WHOLE)
    assert not used_up(told(limit=3.0), WHOLE)
