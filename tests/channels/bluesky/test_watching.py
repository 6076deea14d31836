"""Words that are watched in a stream, as the search of the platform would find them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.bluesky.watching import Words


@pytest.mark.parametrize(
    ("watch", "text", "found"),
    [
        ("northwind", "is NorthWind down?", True),
        ("northwind", "northwinds", False),
        ("northwind", "#northwind", True),
        ("northwind", "https://northwind.example.com", True),
        ("northwind leeds", "Leeds: no signal, Northwind!", True),
        ("northwind leeds", "northwind in York", False),
        ('"north wind"', "the North-Wind blows", True),
        ('"north wind"', "wind from the north", False),
        ("Müller", "herr MÜLLER sagt", True),
        ("北風", "私は北風です", True),
        ("ノース", "ノースウインド", True),
        ("a+b", "a b", True),
        ('"', "anything", False),
        ("", "anything", False),
        ("(", "a ( b", False),
        ("north.*", "northern", False),
    ],
)
def test_what_is_found(watch: str, text: str, found: bool) -> None:
    assert Words([watch]).within(text) == found


@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=80))
def test_any_words_and_any_text_give_an_answer(watches: list[str], text: str) -> None:
    words = Words(watches)
    assert words.within(text) == any(Words([watch]).within(text) for watch in watches)


@given(st.text(alphabet="abcde", min_size=1, max_size=8), st.text(alphabet="abcde .", max_size=30))
def test_a_word_is_found_where_it_stands_whole(word: str, text: str) -> None:
    whole = text.replace(".", " ").split()
    assert Words([word]).within(text) == (word in whole)
    assert Words([word]).within(f"{text} {word.upper()}!")
