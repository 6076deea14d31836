"""What changed between two texts: nothing of either is lost, and little is said to be new."""

import time

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.answers.compare import Part, compare

TEXT = st.text(st.sampled_from("ab \n.é😀"), max_size=60) | st.text(max_size=60)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_it(older: str, newer: str) -> None:
    parts = compare(older, newer)

    assert "".join(part.text for part in parts if part.kind != "ins") == older
    assert "".join(part.text for part in parts if part.kind != "del") == newer
    assert all(part.text for part in parts)


@given(TEXT)
def test_what_is_the_same_did_not_change(text: str) -> None:
    assert compare(text, text) == ([Part("same", text)] if text else [])


def test_only_the_words_that_changed_are_marked() -> None:
    assert compare("Back by 13:00 in Leeds.", "Back by 17:00 in parts of Leeds.") == [
        Part("same", "Back by"),
        Part("del", " 13:00"),
        Part("ins", " 17:00"),
        Part("same", " in"),
        Part("ins", " parts of"),
        Part("same", " Leeds."),
    ]


def test_texts_made_to_be_slow_are_compared_in_time() -> None:
    began = time.perf_counter()
    older, newer = "a b " * 8_000, "b a " * 8_000

    parts = compare("x " + older, "y " + newer)

    assert time.perf_counter() - began < 5
    assert "".join(part.text for part in parts if part.kind != "ins") == "x " + older
