"""A value is kept as long as the longest of its purposes; one without a period, for good."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.purpose import PURPOSES
from rejoinder.privacy.retention.rules import Hold, days, held, in_force, possible

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
purposes = st.frozensets(st.sampled_from(list(PURPOSES)))
periods = st.dictionaries(st.sampled_from(list(PURPOSES)), st.integers(1, 36_500))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # zoned by the strategy
holds = st.builds(Hold, st.sampled_from(["", "tom", "tina"]), moments, st.none() | moments)


@given(purposes, periods)
def test_the_longest_counts_and_one_without_an_end_wins(
    kept_for: frozenset[str], given_days: dict[str, int]
) -> None:
    found = days(kept_for, given_days)
    if not kept_for or kept_for - set(given_days):
        assert found is None
    else:
        assert found == max(given_days[one] for one in kept_for)


@given(purposes, periods, st.sampled_from(list(PURPOSES)))
def test_a_further_purpose_never_shortens_it(
    kept_for: frozenset[str], given_days: dict[str, int], more: str
) -> None:
    before, after = days(kept_for, given_days), days(kept_for | {more}, given_days)
    if kept_for and before is None:
        assert after is None
    elif before is not None and after is not None:
        assert after >= before


@given(st.lists(holds), moments, st.sampled_from(["tom", "tina", "granny"]))
def test_somebody_is_held_by_a_hold_of_theirs_or_of_everybody(
    given_holds: list[Hold], now: datetime, who: str
) -> None:
    theirs = [one for one in given_holds if one.subject in {"", who}]
    assert held(who, given_holds, now) == any(in_force(one, now) for one in theirs)


def test_a_hold_ends_on_its_day_or_when_somebody_ends_it() -> None:
    assert in_force(Hold("tom", NOW + timedelta(seconds=1), None), NOW)
    assert not in_force(Hold("tom", NOW, None), NOW)
    assert not in_force(Hold("tom", NOW + timedelta(days=1), NOW), NOW)


def test_a_period_is_a_day_at_least() -> None:
    assert [possible(each) for each in (0, 1, 36_500, 36_501)] == [False, True, True, False]
