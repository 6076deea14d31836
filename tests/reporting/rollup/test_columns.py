"""Columns come back as they were."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reporting.rollup.columns import (
    Columns,
    joined,
    packed,
    packed_words,
    unpacked,
    unpacked_words,
)
from rejoinder.reporting.rollup.people import counted

NUMBERS = st.lists(st.integers(-(2**62), 2**62 - 1), max_size=50)
WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=20)


@given(NUMBERS | st.lists(st.integers(0, 300)))
def test_numbers_come_back(values: list[int]) -> None:
    column = np.array(values, np.int64)
    assert unpacked(packed(column), len(values)).tolist() == values


@given(WORDS)
def test_words_come_back(values: list[str]) -> None:
    words = sorted(set(values))
    places = np.array([words.index(each) for each in values], np.int64)
    back, told = unpacked_words(packed_words(places, words), len(values))
    assert [told[at] for at in back.tolist()] == values


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_words_of_several_blocks_are_one_list(lists: list[list[str]]) -> None:
    parts = []
    for values in lists:
        words = list(dict.fromkeys(reversed(values)))
        places = np.array([words.index(each) for each in values], np.int64)
        parts.append(Columns(len(values), {"channel": places}, {"channel": words}))
    found = joined(parts, ["channel"])
    words_ = found.words["channel"]
    assert [words_[at] for at in found["channel"].tolist()] == [w for one in lists for w in one]
    assert len(set(words_)) == len(words_)


def test_a_column_of_one_value_costs_nothing_and_others_what_they_need() -> None:
    assert len(packed(np.full(4096, 7))) == 9
    assert len(packed(np.arange(256) + 10**12)) == 9 + 256
    assert len(packed(np.array([0, 256]))) == 9 + 2 * 2


@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from([3, 4, 9, 10**12, 2**40])), max_size=60)
)
def test_mentions_and_people_are_those_of_counting_by_hand(said: list[tuple[int, int]]) -> None:
    groups, persons = (
        (np.array(each, np.int64) for each in zip(*said, strict=True))
        if said
        else (
            np.zeros(0, np.int64),
            np.zeros(0, np.int64),
        )
    )
    mentions, people = counted(groups, persons, 5)
    assert mentions.tolist() == [sum(g == group for g, _ in said) for group in range(5)]
    assert people.tolist() == [len({p for g, p in said if g == group}) for group in range(5)]
