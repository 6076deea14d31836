"""Told is reach; not asking again within a day is the result."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.answers.outcome import TOO_FEW, Outcome, outcome

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOURS = st.integers(-100, 100).map(lambda n: NOON + timedelta(hours=n))
PEOPLE = st.integers(1, 6)


@given(st.dictionaries(PEOPLE, HOURS), st.lists(st.tuples(PEOPLE, HOURS)))
def test_everybody_told_is_counted_once(
    told: dict[int, datetime], asked: list[tuple[int, datetime]]
) -> None:
    found = outcome(told, asked, NOON)

    assert found.told == len(told) == found.settled + found.again + found.so_far


def test_the_day_of_each_person_is_their_own() -> None:
    hour = timedelta(hours=1)
    told = {1: NOON - 30 * hour, 2: NOON - 30 * hour, 3: NOON - 2 * hour, 4: NOON - 2 * hour}
    asked = [
        (1, NOON - 31 * hour),  # before they were told
        (1, NOON - 2 * hour),  # after their day
        (2, NOON - 29 * hour),
        (4, NOON - hour),
        (9, NOON),  # was never told
    ]

    assert outcome(told, asked, NOON) == Outcome(told=4, settled=1, again=2, so_far=1)


def test_a_share_of_few_people_is_not_said() -> None:
    long_ago = NOON - timedelta(days=3)
    told = dict.fromkeys(range(TOO_FEW), long_ago)

    assert outcome(told, [], NOON).share == 1.0
    assert outcome(dict.fromkeys(range(TOO_FEW - 1), long_ago), [], NOON).share is None
