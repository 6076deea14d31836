"""Misspellings: within so many letters, and found by what is left with some taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.watch.edits import shortened, within

WORDS = st.text(alphabet="abc", max_size=7)


def distance(one: str, other: str) -> int:
    """Restricted Damerau–Levenshtein distance, straight from its definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and (one[0], one[1]) == (other[1], other[0]):
        best = min(best, distance(one[2:], other[2:]) + 1)
    return best


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5), st.integers(0, 3))
def test_the_distance_of_the_definition(one: str, other: str, most: int) -> None:
    assert within(one, other, most) == (distance(one, other) <= most)


@given(WORDS, WORDS, st.integers(1, 2))
def test_words_within_a_distance_share_a_shortened_form(one: str, other: str, most: int) -> None:
    if within(one, other, most):
        assert set(shortened(one, most)) & set(shortened(other, most))


@pytest.mark.parametrize("typo", ["comcats", "comast", "comcasst", "comcaat", "comcast"])
def test_one_slip(typo: str) -> None:
    assert within(typo, "comcast", 1)


def test_each_shortened_form_comes_once() -> None:
    forms = list(shortened("aab", 2))
    assert len(forms) == len(set(forms))
    assert set(forms) == {"aab", "ab", "aa", "b", "a"}
