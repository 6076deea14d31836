"""The parts of a surge: what is usual, how much more came, how rare that is, and in which words."""

import math
import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.surge.alarm import Alarm, Window, why
from rejoinder.crisis.surge.baseline import Baseline
from rejoinder.crisis.surge.calendar import HOLIDAY, WEEKDAY, WEEKEND, slot
from rejoinder.crisis.surge.recent import Recent
from rejoinder.crisis.surge.scan import evidence, scan
from rejoinder.crisis.surge.tail import Tail
from tests.crisis.surge.scene import BIN, DAY, HOUR, MONDAY, days, poisson, usual

MEANS = st.floats(1e-3, 1e5)


def test_half_hours_are_those_of_the_clock_on_the_wall() -> None:
    summer = datetime(2026, 7, 1, 7, 45, tzinfo=UTC).timestamp()
    assert slot(summer, "UTC", frozenset()) == (WEEKDAY, 15)
    assert slot(summer, "Europe/London", frozenset()) == (WEEKDAY, 17)
    assert slot(summer + 3 * DAY, "Europe/London", frozenset()) == (WEEKEND, 17)
    holiday = frozenset({date(2026, 7, 1)})
    assert slot(summer, "Europe/London", holiday) == (HOLIDAY, 17)


def test_the_usual_is_learned_within_three_weeks() -> None:
    baseline = Baseline(BIN)
    for n, count in enumerate(days(21)):
        baseline.learn(count, baseline.mean(MONDAY + n * BIN))
    noon = MONDAY + 21 * DAY + 12 * HOUR
    assert baseline.mean(noon) == pytest.approx(usual(noon), rel=0.3)
    sunday = MONDAY + 27 * DAY + 12 * HOUR
    assert baseline.mean(sunday) < baseline.mean(noon)


@pytest.mark.parametrize("seed", range(3))
def test_a_quiet_night_is_not_taken_for_quieter_than_it_is(seed: int) -> None:
    """One mention in a half-hour, now and then two: their logarithms would say less than one."""
    draw, baseline = random.Random(seed), Baseline(1800)
    for n in range(40 * 48):
        baseline.learn(poisson(draw, 1.0), baseline.mean(MONDAY + n * 1800))
    means = [baseline.mean(MONDAY + (40 * 48 + n) * 1800) for n in range(7 * 48)]
    assert sum(means) / len(means) == pytest.approx(1.0, rel=0.1)
    assert min(means) > 0.4


def test_the_usual_is_the_first_half_hour_at_once_however_much_of_it_was_seen() -> None:
    baseline = Baseline(60)
    for n in range(20, 30):
        baseline.mean(MONDAY + n * 60)
        baseline.learn(4, 0.0)
    assert baseline.mean(MONDAY + 1845) == pytest.approx(4.0)


def test_a_bad_day_does_not_become_the_usual() -> None:
    baseline = Baseline(BIN)
    for n, count in enumerate([*days(21), *days(22, times=20)[len(days(21)) :]]):
        baseline.learn(count, baseline.mean(MONDAY + n * BIN))
    noon = MONDAY + 22 * DAY + 12 * HOUR
    assert baseline.mean(noon) < 2 * usual(noon)


@given(st.floats(0, 1e6), MEANS, st.floats(0, 2))
def test_evidence_is_none_at_the_usual_and_never_negative(
    count: float, mean: float, spread: float
) -> None:
    assert evidence(mean, mean, spread) == pytest.approx(0, abs=1e-4)
    if count >= mean:
        assert evidence(count, mean, spread) >= -1e-6 * (1 + count)


@given(MEANS, st.floats(1.01, 100), st.floats(0, 2))
def test_more_is_stronger_and_doubt_is_weaker(mean: float, times: float, spread: float) -> None:
    count = times * mean
    assert evidence(2 * count, mean, spread) > evidence(count, mean, spread) - 1e-6
    assert evidence(count, mean, spread + 1) <= evidence(count, mean, spread) + 1e-6 * count


@given(st.lists(st.integers(0, 50), min_size=1, max_size=300))
def test_windows_hold_what_came_in_them(counts: list[int]) -> None:
    windows = scan(BIN)
    for count in counts:
        windows.add(count, 1.0, 0.1)
    for length in windows.lengths:
        came, expected = windows.sums(length)
        assert came == pytest.approx(sum(counts[-length:]), abs=1e-6)
        assert expected == pytest.approx(min(length, len(counts)))


def test_bins_of_which_nothing_is_known_are_in_no_window() -> None:
    windows = scan(BIN)
    windows.add(5, 1.0, 0.1)
    windows.skip(3)
    windows.add(7, 1.0, 0.1)
    assert windows.sums(1) == (7, 1.0)
    assert windows.sums(4) == (7, 1.0)
    windows.skip(10**9)
    assert windows.sums(32) == (0, 0)


def test_the_tail_learns_what_is_rare_here() -> None:
    """Days drawn from Gumbel's law: what one day in sixty brings is told as that."""
    draw = random.Random(3)
    tail = Tail(2.8, 0.013)
    for day in range(400):
        strongest = math.exp(3.2 - 0.2 * math.log(-math.log(draw.random()))) - 10
        tail.learn(MONDAY + day * DAY, strongest)
    sixtieth = math.exp(3.2 - 0.2 * math.log(-math.log(1 - 1 / 60))) - 10
    assert tail.surprise(sixtieth) == pytest.approx(math.log(60), abs=0.8)


@given(st.lists(st.floats(0, 1e9), max_size=50), st.floats(0, 1e9), st.floats(0, 1e9))
def test_stronger_is_never_less_rare(peaks: list[float], one: float, other: float) -> None:
    tail = Tail(2.8, 0.013)
    for day, peak in enumerate(peaks):
        tail.learn(day * DAY, peak)
    low, high = sorted((one, other))
    assert 0 <= tail.surprise(low) <= tail.surprise(high)


def test_the_same_is_news_again_after_a_day() -> None:
    recent = Recent()
    assert recent.is_news(MONDAY, 3.0)
    assert not recent.is_news(MONDAY + HOUR, 3.5)
    assert recent.is_news(MONDAY + 2 * HOUR, 4.7)
    assert not recent.is_news(MONDAY + 23 * HOUR, 3.0)
    assert recent.is_news(MONDAY + 27 * HOUR, 3.0)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (Window(600, 78, 19), "78 in the last ten minutes, usually 19"),
        (Window(60, 6, 0.04), "6 in the last minute, usually none"),
        (Window(1200, 12, 1.26), "12 in the last 20 minutes, usually 1.3"),
        (Window(2 * HOUR, 1000, 99.6), "1000 in the last two hours, usually 100"),
        (Window(3 * DAY, 9.5, 2), "9.5 in the last three days, usually 2"),
        (Window(45, 5, 1), "5 in the last 45 seconds, usually 1"),
    ],
)
def test_an_alarm_says_what_it_saw(window: Window, words: str) -> None:
    assert why(Alarm(MONDAY, 0.9, window, None)) == words


def test_an_alarm_of_problems_says_both() -> None:
    said = why(Alarm(MONDAY, 0.9, Window(600, 78, 19), Window(600, 41, 4)))
    assert said == (
        "41 problems in the last ten minutes, usually 4; of all mentions 78, usually 19"
    )
