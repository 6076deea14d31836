"""Stretches of time are what going through every moment says."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.ledger.spans import Span, joined, missing, within

_spans = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8)


def moments(spans: list[Span]) -> set[int]:
    return {moment for since, until in spans for moment in range(since, until)}


@given(_spans)
def test_joined_is_the_same_time_in_few_stretches(spans: list[Span]) -> None:
    found = joined(spans)
    assert moments(found) == moments(spans)
    assert all(first[1] < second[0] for first, second in pairwise(found))


@given(_spans, st.integers(0, 20), st.integers(0, 20))
def test_inside_and_missing_are_all_of_it(spans: list[Span], since: int, until: int) -> None:
    inside, left_out = within(spans, since, until), missing(spans, since, until)
    asked = set(range(since, until))
    assert moments(inside) == moments(spans) & asked
    assert moments(left_out) == asked - moments(spans)
