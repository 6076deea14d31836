"""What is left out of a column, and the order of columns."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.columns.rules import WORDS, filtered, listed, moved

NUMBERS = st.lists(st.integers(), unique=True, min_size=1, max_size=9)


@given(NUMBERS, st.data(), st.integers(-3, 12))
def test_moving_one_keeps_the_others_in_their_order(
    order: list[int], data: st.DataObject, to: int
) -> None:
    which = data.draw(st.sampled_from(order))
    after = moved(order, which, to)
    assert sorted(after) == sorted(order)
    assert [each for each in after if each != which] == [each for each in order if each != which]
    assert after.index(which) == max(0, min(to, len(order) - 1))


@given(NUMBERS)
def test_moving_what_is_not_there_changes_nothing(order: list[int]) -> None:
    assert moved(order, max(order) + 1, 0) == order


def test_one_of_the_words_has_to_stand_and_no_muted_one() -> None:
    wanted = filtered("no signal, bill\nBILL", "football")
    assert wanted.words == ("no signal", "bill")
    assert wanted.fits("My BILL is wrong")
    assert not wanted.fits("my phone is wrong")
    assert not wanted.fits("no signal at the football")
    assert not filtered(" ,\n", "")


@given(st.text(max_size=300))
def test_what_is_typed_is_few_words_each_once(typed: str) -> None:
    found = listed(typed)
    assert len(found) <= WORDS
    assert len(set(found)) == len(found)
    assert listed("\n".join(found)) == found
