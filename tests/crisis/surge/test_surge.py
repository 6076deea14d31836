"""A surge is seen while it begins, once, and nothing that comes later changes what was said."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.crisis.surge.alarm import why
from rejoinder.crisis.surge.surge import FALSE_ALARMS, Surge
from tests.crisis.surge.scene import BIN, DAY, HOUR, MONDAY, days, heard, usual

COUNTS = st.lists(st.one_of(st.integers(0, 3), st.integers(0, 5000)), max_size=60)
# Lengths of bins, so that the half day in which nothing is said is short or long.
BINS = st.sampled_from([60, 300, 3600, DAY])


def test_an_ordinary_month_raises_no_alarm() -> None:
    assert heard(Surge.begin(BIN), days(30)) == []


def test_seven_times_the_usual_is_seen_within_half_an_hour_and_told_once() -> None:
    before, bad = days(21), days(22, seed=2, times=7)[len(days(21)) :]
    noon = 12 * HOUR // BIN
    surge = Surge.begin(BIN)
    (alarm,) = heard(surge, [*before, *days(22)[len(before) :][:noon], *bad[noon:]])
    began = MONDAY + 21 * DAY + 12 * HOUR
    assert began <= alarm.at <= began + HOUR / 2
    assert alarm.score > 1 / (1 + FALSE_ALARMS)
    assert "usually" in why(alarm)
    assert surge.episode


def test_an_episode_ends_where_it_was_last_loud() -> None:
    quiet = days(23)
    from_, to = (21 * DAY + 12 * HOUR) // BIN, (21 * DAY + 14 * HOUR) // BIN
    counts = [n * 7 if from_ <= at < to else n for at, n in enumerate(quiet)]
    surge = Surge.begin(BIN)
    assert len(heard(surge, counts)) == 1
    assert surge.episode is None
    assert surge.until is not None
    assert 0 <= surge.until - (MONDAY + to * BIN) <= 4 * HOUR


def test_problems_are_seen_where_all_mentions_show_little() -> None:
    counts = days(22, times=3)
    problems = days(22, times=0.5, seed=4)
    surge = Surge.begin(BIN, problems=True)
    began = len(days(21.5))
    alarms = []
    for n, (count, some) in enumerate(zip(counts, problems, strict=True)):
        more = 10.0 if n >= began else 0.0
        alarms.append(surge.add(MONDAY + n * BIN, count + more, some + more))
    (alarm,) = [alarm for alarm in alarms if alarm]
    assert MONDAY + began * BIN <= alarm.at <= MONDAY + (began + 4) * BIN
    assert alarm.problems is not None
    assert alarm.problems.seconds == alarm.mentions.seconds
    assert alarm.problems.came <= alarm.mentions.came


def test_whoever_bears_fewer_false_alarms_hears_of_it_later_or_never() -> None:
    counts = [*days(21.5), *[6.0] * 200]
    first = [heard(Surge.begin(BIN, false_alarms=x), counts)[:1] for x in (10.0, 0.5, 0.01)]
    times = [alarms[0].at if alarms else float("inf") for alarms in first]
    assert times == sorted(times)


def test_missing_bins_are_no_silence() -> None:
    """A day of which nothing is known makes the next one no surge."""
    surge = Surge.begin(BIN)
    counts = days(24)
    missing = range(20 * DAY // BIN, 21 * DAY // BIN)
    said = [surge.add(MONDAY + n * BIN, c) for n, c in enumerate(counts) if n not in missing]
    assert not any(said)


def test_a_new_account_is_silent_for_half_a_day_and_then_sees_what_nobody_could_miss() -> None:
    quiet = [1.0, 0.0, 0.0] * (DAY // BIN // 3)
    (alarm,) = heard(Surge.begin(BIN), [*quiet, *[80.0] * 6])
    assert alarm.at <= MONDAY + DAY + 2 * BIN
    assert heard(Surge.begin(BIN), [*quiet[:36], *[80.0] * 6]) == []


def test_clocks_that_go_forward_move_the_usual_day_with_them() -> None:
    """29 March 2026: by local time the day is as ever, by UTC everything comes an hour early."""
    begin = MONDAY + 7 * DAY * 10
    change = MONDAY + 83 * DAY + HOUR
    counts = []
    for n in range(16 * DAY // BIN):
        at = begin + n * BIN
        counts.append(40.0 * usual(at + (HOUR if at >= change else 0)))
    local = Surge.begin(BIN, zone="Europe/London")
    assert heard(local, counts, begin) == []
    away = [
        abs(s.every.baseline.mean(begin + 16 * DAY + 7 * HOUR) / 40 - usual(8 * HOUR))
        for s in (local, _heard(Surge.begin(BIN), counts, begin))
    ]
    assert away[0] < away[1]


def _heard(surge: Surge, counts: list[float], begin: float) -> Surge:
    heard(surge, counts, begin)
    return surge


@given(COUNTS, st.integers(0, 60), BINS)
def test_what_comes_later_changes_nothing(counts: list[int], cut: int, length: int) -> None:
    whole, part = Surge.begin(length), Surge.begin(length)
    for n, count in enumerate(counts[:cut]):
        at = MONDAY + n * length
        assert whole.add(at, count) == part.add(at, count)
        assert whole.score == part.score
    heard(whole, counts[cut:], MONDAY + cut * length)
    heard(part, counts[:cut][-1:], MONDAY + cut * length)


@given(COUNTS, BINS)
def test_scores_are_between_none_and_one(counts: list[int], length: int) -> None:
    surge = Surge.begin(length)
    for n, count in enumerate(counts):
        alarm = surge.add(MONDAY + n * length, count)
        assert 0 <= surge.score < 1
        assert alarm is None or 1 / (1 + FALSE_ALARMS) <= alarm.score < 1


@given(COUNTS, COUNTS, BINS)
@settings(max_examples=50)
def test_a_state_that_was_written_and_read_goes_on_the_same(
    before: list[int], after: list[int], length: int
) -> None:
    surge = Surge.begin(length, problems=True, zone="Europe/London")
    heard(surge, before)
    again = msgspec.json.decode(msgspec.json.encode(surge), type=Surge)
    later = MONDAY + len(before) * length
    assert heard(surge, after, later) == heard(again, after, later)
    assert msgspec.json.encode(surge) == msgspec.json.encode(again)


@pytest.mark.parametrize("times", [0.06, 1.0, 20.0])
def test_small_and_large_accounts_are_left_in_peace_alike(times: float) -> None:
    assert len(heard(Surge.begin(BIN), days(21, seed=7, times=times))) <= 1
