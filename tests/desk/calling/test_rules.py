"""What a call does next, from what is seen; and when nobody is rung."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.calling.rules import (
    DESK_RINGS,
    LONGEST,
    PAUSE,
    SETTLES,
    THEY_RING,
    TRIES,
    Asked,
    Going,
    No,
    Outcome,
    Seen,
    Stage,
    Step,
    outcome_of,
    refused,
    step,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
legs = st.sampled_from(["none", "ringing", "up"])
gone = st.integers(0, 60).map(lambda seconds: timedelta(seconds=seconds))
looks = st.lists(
    st.tuples(st.builds(Seen, legs, legs, st.integers(0, 127), gone), st.integers(0, 200)),
    max_size=40,
)


@given(looks, st.integers(0, 40))
def test_whatever_is_seen_they_are_rung_once_at_most_and_after_the_desk_lifted(
    told: list[tuple[Seen, int]], gives_up: int
) -> None:
    going, now, steps = Going(Stage.ASKED, NOW), NOW, list[Step]()
    for number, (seen, seconds) in enumerate(told):
        now += timedelta(seconds=seconds)
        going = replace(going, giving_up=going.giving_up or number >= gives_up)
        before = going
        going, does = step(going, seen, now)
        if does == Step.RING_THEM:
            assert seen.desk == "up"
        if before.stage == Stage.ENDED:
            assert (going, does) == (before, None)
        if does:
            steps.append(does)
    assert steps.count(Step.RING_THEM) <= 1
    assert steps.count(Step.RING_DESK) <= 1
    assert steps.count(Step.HANG_UP) == (going.stage == Stage.ENDED)
    assert (going.outcome is None) == (going.stage != Stage.ENDED)


@given(legs, legs)
def test_no_call_goes_on_for_ever(desk: str, them: str) -> None:
    going, now = Going(Stage.ASKED, NOW), NOW
    while going.stage != Stage.ENDED:
        assert now < NOW + LONGEST + timedelta(minutes=3)
        now += SECOND * 20
        seen = Seen(desk, them, missing=now - NOW)  # type: ignore[arg-type]
        going, _ = step(going, seen, now)


def talked(*seen: Seen) -> Going:
    going, now = Going(Stage.ASKED, NOW), NOW
    for each in seen:
        now += SECOND * 3
        going, _ = step(going, each, now)
    return going


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        ([Seen(), Seen("up"), Seen("up", "up"), Seen("up")], Outcome.TALKED),
        ([Seen(), Seen("up"), Seen("up", "up"), Seen("none", "up")], Outcome.TALKED),
        ([Seen(), Seen("up"), Seen("up", "none", 17)], Outcome.BUSY),
        ([Seen(), Seen("up"), Seen("up", "none", 21)], Outcome.DECLINED),
        ([Seen(), Seen("up"), Seen("up", "none", 1)], Outcome.UNREACHABLE),
        ([Seen(), Seen("up"), Seen("none", "ringing")], Outcome.GIVEN_UP),
        ([Seen(), Seen(), Seen()], Outcome.NOBODY_HERE),
        # Killed between the row and the exchange: they are not rung by whoever comes next.
        ([Seen(), Seen("up"), Seen("up"), Seen("up", missing=SETTLES + SECOND)], Outcome.TROUBLE),
        # Told a moment after the line was gone.
        ([Seen(), Seen("up"), Seen("up"), Seen("up", "none", 21, SECOND)], Outcome.DECLINED),
    ],
)
def test_how_it_ends(seen: list[Seen], outcome: Outcome) -> None:
    assert talked(*seen).outcome == outcome


def test_nobody_is_rung_for_long() -> None:
    desk = Going(Stage.DESK, NOW)
    ended, _ = step(desk, Seen("ringing"), NOW + DESK_RINGS + SECOND)
    assert ended.outcome == Outcome.NOBODY_HERE
    them = Going(Stage.THEM, NOW)
    assert step(them, Seen("up", "ringing"), NOW + THEY_RING)[0] == them
    ended, does = step(them, Seen("up", "ringing"), NOW + THEY_RING + SECOND)
    assert (ended.outcome, does) == (Outcome.NO_ANSWER, Step.HANG_UP)
    assert step(them, Seen("up", missing=SETTLES), NOW + SETTLES)[0] == them


def test_why_a_line_ended() -> None:
    assert outcome_of(19) == Outcome.NO_ANSWER
    assert outcome_of(38) == Outcome.UNREACHABLE


ASKED = Asked(
    possible=True,
    extension=True,
    number=True,
    holds=True,
    on_a_call=False,
    promised=None,
    unanswered=(),
    local=time(14),
)
SLOT = (NOW - timedelta(hours=1), NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("changed", "no"),
    [
        ({}, None),
        ({"possible": False, "extension": False}, No.EXCHANGE),
        ({"extension": False}, No.EXTENSION),
        ({"number": False}, No.NUMBER),
        ({"holds": False}, No.HOLDER),
        ({"on_a_call": True}, No.ON_A_CALL),
        ({"promised": (NOW + SECOND, NOW + timedelta(hours=1))}, No.TOO_SOON),
        ({"promised": SLOT}, None),
        ({"promised": (SLOT[0], NOW - SECOND)}, None),
        ({"local": time(7, 59)}, No.NIGHT),
        ({"local": time(21)}, No.NIGHT),
        ({"local": time(21), "promised": SLOT}, None),
        ({"unanswered": [NOW - PAUSE + SECOND]}, No.PAUSE),
        ({"unanswered": [NOW - PAUSE]}, None),
        ({"unanswered": [NOW - timedelta(hours=n) for n in range(1, TRIES + 1)]}, No.OFTEN),
        ({"unanswered": [NOW - timedelta(days=n) for n in range(1, TRIES + 1)]}, None),
    ],
)
def test_when_nobody_is_rung(changed: dict[str, object], no: No | None) -> None:
    assert refused(replace(ASKED, **changed), NOW) is no  # type: ignore[arg-type]
