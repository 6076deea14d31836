"""Counts of words and letters: the same for a text whatever stands beside it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.learn.ngrams import BUCKETS, counts, normal


@given(st.lists(st.text(st.characters(), max_size=80), max_size=10))
def test_a_text_counts_the_same_alone_and_in_a_batch(texts: list[str]) -> None:
    words, runs = counts(texts)
    assert words.shape == runs.shape == (len(texts), BUCKETS)
    for i, text in enumerate(texts):
        alone_words, alone_runs = counts([text])
        assert (alone_words != words[i]).nnz == 0
        assert (alone_runs != runs[i]).nnz == 0


def test_words_and_pairs_of_neighbours_are_counted() -> None:
    words, _ = counts(["no signal no signal", "no signal"])
    assert words.sum(axis=1).ravel().tolist() == [[4 + 3, 2 + 1]]
    assert words[0].max() == 2
    shared = set(words[0].indices) & set(words[1].indices)
    assert len(shared) == 3


def test_runs_of_letters_stay_inside_a_word() -> None:
    _, runs = counts(["ab cde"])
    expected = {3: [" ab", "ab ", " cd", "cde", "de "], 4: [" ab ", " cde", "cde "], 5: [" cde "]}
    assert runs.sum() == sum(map(len, expected.values()))


def test_handles_and_links_are_all_one() -> None:
    words, runs = counts(["@tom see https://example.com/a", "@granny see www.example.org"])
    assert (words[0] != words[1]).nnz == 0
    assert (runs[0] != runs[1]).nnz == 0


def test_case_spaces_and_apostrophes_do_not_matter_but_shouting_does() -> None:
    assert normal("It’s  OUT\n&amp; down") == " it's out & down "
    assert normal("WHERE ARE YOU") != normal("where are you")


def test_huge_and_hostile_texts_are_cut() -> None:
    words, runs = counts(["", "\0", "\ud800", "x" * 10_000_000, "! " * 100_000, "🙂" * 1000])
    assert np.isfinite(words.data).all()
    assert runs.shape[0] == 6
