"""Who is where, from open streams and the last keys pressed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.presence.rules import TYPING, touched, whole

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
places = st.tuples(st.integers(1, 3), st.integers(1, 3).map(lambda number: UUID(int=number)))
streams = st.dictionaries(places, st.integers(-1, 3))
typed = st.dictionaries(places, st.integers(0, 20).map(lambda s: NOW - timedelta(seconds=s)))
states = st.dictionaries(places, st.booleans())


@given(streams, typed)
def test_who_has_a_page_open_is_there_and_who_pressed_a_key_lately_types(
    open_: dict[tuple[int, UUID], int], keys: dict[tuple[int, UUID], datetime]
) -> None:
    found = whole(open_, keys, NOW)
    assert set(found) == {place for place, many in open_.items() if many > 0}
    for place, types in found.items():
        assert types == (place in keys and NOW - keys[place] < TYPING)


@given(states, states)
def test_what_changed_is_all_that_is_written(
    before: dict[tuple[int, UUID], bool], after: dict[tuple[int, UUID], bool]
) -> None:
    changed = touched(before, after)
    for talk in {place[1] for place in before | after}:
        parts = [{p: t for p, t in state.items() if p[1] == talk} for state in (before, after)]
        assert (talk in changed) == (parts[0] != parts[1])
    assert touched(before, before) == set()
