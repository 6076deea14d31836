"""When a conversation is parted, nobody loses their place and nobody is made to wait."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.parting.rules import Word, may_part, waits

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
at = st.integers(0, 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
words = st.lists(
    st.builds(Word, st.integers(1, 20), at, st.booleans()),
    max_size=10,
    unique_by=lambda word: word.number,
)


@given(words, st.sets(st.integers(1, 20), max_size=8), at)
def test_the_first_who_waits_keeps_the_place(
    said: list[Word], chosen: set[int], since: datetime
) -> None:
    found = waits(said, chosen, since)
    open_ = [word.at for word in said if word.stands and word.at >= since]
    first = min((each for each in (found.stays, found.goes) if each), default=None)
    assert first == min(open_, default=since)


@given(words, st.sets(st.integers(1, 20), max_size=8))
def test_where_nobody_waited_nobody_waits(said: list[Word], chosen: set[int]) -> None:
    found = waits(said, chosen, None)
    assert (found.stays, found.goes) == (None, None)


@given(words, st.sets(st.integers(1, 20), max_size=8))
def test_something_goes_and_something_that_stands_stays(said: list[Word], chosen: set[int]) -> None:
    if may_part(said, chosen):
        assert chosen
        assert chosen <= {word.number for word in said}
        assert any(word.stands and word.number not in chosen for word in said)
