"""Few people cannot be made out, neither from what is told nor from what is left out."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.few import FEW, REST, apart

MOODS = ("negative", "neutral", "positive")
# In each mood some people, with one mention or more each.
GROUPS = st.fixed_dictionaries(
    {mood: st.tuples(st.integers(0, 30), st.integers(0, 9)) for mood in MOODS}
)


@given(GROUPS)
def test_no_group_that_is_told_is_of_few(groups: dict[str, tuple[int, int]]) -> None:
    people = {mood: many for mood, (many, _) in groups.items()}
    mentions = {mood: many + (more if many else 0) for mood, (many, more) in groups.items()}
    told = apart(people, mentions)
    if not told:
        some = [many for many in people.values() if many]
        assert sum(many >= FEW for many in some) < 2 or not some
        return
    assert abs(sum(told.values()) - 1) < 1e-9
    left = [mood for mood in MOODS if mood not in told and people[mood]]
    assert all(people[mood] >= FEW for mood in told if mood != REST)
    assert not left or max(people[mood] for mood in left) >= FEW or REST not in told


def test_a_mood_of_few_hides_behind_the_smallest_of_the_others() -> None:
    people = {"negative": 40, "neutral": 9, "positive": 2}
    told = apart(people, {"negative": 50, "neutral": 10, "positive": 2})
    assert told == {"negative": 50 / 62, REST: 12 / 62}


def test_nothing_is_told_where_one_mood_is_not_of_few() -> None:
    people = {"negative": 40, "neutral": 1, "positive": 2}
    assert apart(people, people) == {}


def test_nothing_is_told_of_few_alone() -> None:
    assert apart(dict.fromkeys(MOODS, 2), dict.fromkeys(MOODS, 3)) == {}
    assert apart({}, {}) == {}
