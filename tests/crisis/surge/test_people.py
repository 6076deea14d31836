"""One person counts once an hour, however much they post."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.surge.people import HOUR, People


def test_a_flood_by_one_person_is_one_mention() -> None:
    people = People()
    assert sum(people.count(second, ["Tom"] * 10) for second in range(HOUR)) == 1
    assert people.count(HOUR, ["Tom"]) == 1


@given(st.lists(st.tuples(st.integers(0, 900), st.sampled_from("abc")), max_size=60))
def test_nobody_counts_twice_within_an_hour(posts: list[tuple[int, str]]) -> None:
    people, at = People(), 0
    counted: dict[str, int] = {}
    for after, person in posts:
        at += after
        due = at - counted.get(person, -HOUR) >= HOUR
        assert people.count(at, [person]) == int(due)
        if due:
            counted[person] = at
