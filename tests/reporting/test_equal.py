"""Equal waits at equal need: against plain means, against counting, and against chance."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.equal import DAY, Compared, compare, compare_fifths, fifths
from rejoinder.reporting.survival import curve
from rejoinder.reporting.wait import Wait

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def wait(channel: str, need: int, seconds: float, *, answered: bool = True) -> Wait:
    return Wait(channel, need, MONDAY, seconds, answered)


def by(found: list[Compared]) -> dict[str, Compared]:
    return {each.group: each for each in found}


def test_where_all_were_answered_it_is_the_plain_mean() -> None:
    waits = [wait("x", 2, each) for each in (60, 120, 180, 240, 2 * DAY)]
    waits += [wait("phone", 2, each) for each in (30, 30, 30, 30, 80)]

    found = by(compare(waits))

    assert found["x"].waited == pytest.approx((60 + 120 + 180 + 240 + DAY) / 5)
    assert found["x"].others == found["phone"].waited == pytest.approx(40)
    assert found["x"].longer == pytest.approx(-found["phone"].longer)


def test_a_channel_with_more_urgent_people_looks_no_better_for_it() -> None:
    # Within each need both wait alike; X has many urgent people, who are answered first.
    waits = [wait("x", 0, 60 + at) for at in range(40)] + [
        wait("x", 2, 3600 + at) for at in range(8)
    ]
    waits += [wait("mail", 0, 60 + at) for at in range(8)]
    waits += [wait("mail", 2, 3600 + at) for at in range(40)]

    found = by(compare(waits))

    assert abs(found["x"].longer) < 20
    assert found["x"].people == 48


def followed_by(many: int | None, seconds: float, channel: str = "x") -> Wait:
    return Wait(channel, 2, MONDAY, seconds, answered=True, followed=many)


def test_who_has_many_followers_stands_beside_the_others() -> None:
    waits = [followed_by(at, 60 if at >= 80 else 3600) for at in range(100)]
    waits += [followed_by(None, 1)] * 50

    found = by(compare_fifths(waits))

    assert list(found) == ["1", "2", "3", "4", "5"]
    assert [each.people for each in found.values()] == [20] * 5
    assert found["5"].longer == pytest.approx(60 - 3600)
    assert found["5"].differs


def test_of_nobody_whose_followers_are_known_nothing_is_said() -> None:
    assert compare_fifths([followed_by(None, 60)] * 50) == []
    assert compare_fifths([followed_by(7, 60)] * 50) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["x", "mail"]), st.integers(0, 12)).map(
            lambda drawn: followed_by(drawn[1], 60, drawn[0])
        ),
        max_size=60,
    )
)
def test_fifths_go_by_rank_on_each_channel(waits: list[Wait]) -> None:
    for channel in ("x", "mail"):
        own = [
            (wait.followed or 0, int(fifth))
            for wait, fifth in zip(waits, fifths(waits), strict=True)
            if wait.channel == channel
        ]
        for many, fifth in own:
            below = sum(other < many for other, _ in own)
            upto = sum(other <= many for other, _ in own)
            # Of a rank's fifth, as near as those allow who have as many.
            assert below / len(own) < fifth / 5 <= 1
            assert fifth == 5 or (fifth - 1) / 5 < upto / len(own)
            assert all(f == fifth for other, f in own if other == many)


def test_few_people_are_compared_with_nobody() -> None:
    waits = [wait("x", 2, 60)] * 4 + [wait("mail", 2, 60)] * 50
    assert compare(waits) == []
    assert compare([wait("x", 2, 60)] * 50) == []
    assert compare([wait("x", 0, 60)] * 50 + [wait("mail", 2, 60)] * 50) == []
    assert compare([]) == []


def test_who_still_waits_is_not_left_out() -> None:
    # Half of X's people still wait after ten hours; those answered were answered at once.
    waits = [wait("x", 2, 60 + at) for at in range(20)]
    waits += [wait("x", 2, 36_000, answered=False)] * 20
    waits += [wait("mail", 2, 600 + at) for at in range(40)]

    found = by(compare(waits))

    assert found["x"].differs
    assert found["x"].low > 3600
    assert found["mail"].high < 0


SOME = st.lists(
    st.tuples(
        st.sampled_from(["x", "mail", "phone"]),
        st.integers(0, 2),
        st.integers(0, 50),
        st.booleans(),
    ),
    max_size=80,
)


@given(SOME, st.integers(1, 60))
def test_it_is_the_area_under_the_curve(drawn: list[tuple[str, int, int, bool]], end: int) -> None:
    waits = [wait(name, need, at, answered=answered) for name, need, at, answered in drawn]

    for found in compare(waits, horizon=end):
        mine, others, people = 0.0, 0.0, 0
        for need in range(3):
            us = [each for each in waits if each.channel == found.group and each.need == need]
            them = [each for each in waits if each.channel != found.group and each.need == need]
            if min(len(us), len(them)) < 5:
                continue
            until = min(end, *(_last(some) for some in (us, them)))
            mine += (len(us) + len(them)) * _area(us, until)
            others += (len(us) + len(them)) * _area(them, until)
            people += len(us) + len(them)
        assert found.waited == pytest.approx(mine / people)
        assert found.others == pytest.approx(others / people)
        assert found.low <= found.longer <= found.high


def _last(waits: list[Wait]) -> float:
    longest = max(each.seconds for each in waits)
    open_ = any(each.seconds == longest and not each.answered for each in waits)
    return longest if open_ else float("inf")


def _area(waits: list[Wait], until: float) -> float:
    """Summed up second by second, from the estimate of the curve."""
    found = curve([each.seconds for each in waits], [each.answered for each in waits])
    return sum(found.without(at) or 0.0 for at in range(int(until)))


def test_by_chance_alone_a_difference_is_seldom_found() -> None:
    rng = np.random.default_rng(5)
    wrong = 0
    for _ in range(300):
        drawn = rng.exponential(1800, 240)
        names = rng.choice(["x", "mail", "phone"], 240)
        needs = rng.integers(0, 2, 240)
        # Some went off the desk before they had an answer.
        cut = rng.exponential(7200, 240)
        waits = [
            wait(str(name), int(need), min(at, gone), answered=bool(at <= gone))
            for name, need, at, gone in zip(names, needs, drawn, cut, strict=True)
        ]
        wrong += any(each.differs for each in compare(waits))
    assert wrong / 300 < 0.09
