"""The estimate against a worked example, against counting, and against itself."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rejoinder.reporting.survival import curve

WAITS = st.lists(
    st.tuples(st.integers(min_value=0, max_value=50), st.booleans()), min_size=1, max_size=60
)


def test_a_worked_example() -> None:
    # By hand: of 6, one is answered at 1, one at 2 (5 wait), one is last seen at 3, one is
    # answered at 4 (3 wait), two are last seen at 5 and 6.
    found = curve([1, 2, 3, 4, 5, 6], [True, True, False, True, False, False])

    assert found.after.tolist() == [1, 2, 4]
    assert found.share == pytest.approx([5 / 6, 4 / 6, 4 / 6 * 2 / 3])
    assert found.without(0.5) == 1
    assert found.without(3.9) == pytest.approx(4 / 6)
    assert found.until(0.5) == 4
    assert found.until(0.9) is None
    # Greenwood at 2: (4/6)² (1/30 + 1/20), on the scale of log(−log S).
    spread = np.sqrt(1 / 30 + 1 / 20) / abs(np.log(4 / 6))
    assert found.low[1] == pytest.approx((4 / 6) ** np.exp(1.959964 * spread))


def test_nothing_is_said_of_longer_than_anybody_was_seen() -> None:
    found = curve([10, 20, 30], [True, False, False])
    assert found.without(30) == pytest.approx(2 / 3)
    assert found.without(31) is None
    assert curve([10, 20, 30], [True, False, True]).without(31) == 0


def test_an_average_would_hide_whom_this_shows() -> None:
    # Nine were answered within a minute, ninety-one still wait after a day.
    found = curve([60.0] * 9 + [86_400.0] * 91, [True] * 9 + [False] * 91)
    assert found.without(3_600) == pytest.approx(0.91)
    assert found.until(0.5) is None


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=60))
def test_when_all_were_answered_it_is_a_count(waits: list[int]) -> None:
    found = curve(waits, [True] * len(waits))
    for moment in range(52):
        counted = sum(wait > moment for wait in waits) / len(waits)
        assert found.without(moment) == pytest.approx(counted)


@given(WAITS)
def test_it_is_the_estimate_of_scipy(waits: list[tuple[int, bool]]) -> None:
    seconds, answered = zip(*waits, strict=True)
    theirs = stats.ecdf(
        stats.CensoredData(
            uncensored=[each for each, ended in waits if ended],
            right=[each for each, ended in waits if not ended],
        )
    ).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it says where it has no band
        band = theirs.confidence_interval(0.95, method="log-log")
    ours = curve(seconds, answered)

    there = np.isin(theirs.quantiles, ours.after)
    assert ours.share == pytest.approx(theirs.probabilities[there])
    drawn = ours.share > 0
    assert ours.low[drawn] == pytest.approx(band.low.probabilities[there][drawn], abs=1e-6)
    assert ours.high[drawn] == pytest.approx(band.high.probabilities[there][drawn], abs=1e-6)


@given(WAITS)
def test_it_falls_within_its_band_and_forgets_nobody(waits: list[tuple[int, bool]]) -> None:
    seconds, answered = zip(*waits, strict=True)
    found = curve(seconds, answered)
    assert (found.people, found.answered) == (len(waits), sum(answered))
    assert (np.diff(found.share) <= 1e-12).all()
    assert (found.low <= found.share + 1e-12).all()
    assert (found.share <= found.high + 1e-12).all()
    assert found.answered or found.until(0.01) is None
    # Who is answered later only ever makes the others' share larger.
    later = curve([each + 1 for each in seconds], answered)
    shares = [(later.without(at), found.without(at)) for at in range(52)]
    assert all(b is None or a is None or a >= b - 1e-12 for a, b in shares)


@given(WAITS, st.randoms())
def test_the_order_of_people_does_not_matter(waits: list[tuple[int, bool]], chance: object) -> None:
    mixed = sorted(waits, key=lambda _: chance.random())  # type: ignore[attr-defined]  # hypothesis types it so
    one, other = (curve(*zip(*rows, strict=True)) for rows in (waits, mixed))
    assert one.share.tolist() == other.share.tolist()


@pytest.mark.parametrize(("seconds", "answered"), [([-1.0], [True]), ([1.0], []), ([], [True])])
def test_what_is_no_wait_is_refused(seconds: list[float], answered: list[bool]) -> None:
    with pytest.raises(ValueError, match="each wait needs its ending"):
        curve(seconds, answered)


def test_nobody_is_a_curve_too() -> None:
    found = curve([], [])
    assert (found.people, found.without(60), found.until(0.5)) == (0, None, None)
