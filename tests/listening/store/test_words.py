"""Words are the same for what was said and for what is typed, whatever the text."""

import re

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rejoinder.listening.intake.normalise import clean
from rejoinder.listening.store.words import vectors, words

texts = st.text(max_size=200).map(clean)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@brand No signal, in High-Street!", ["brand", "no", "signal", "in", "high", "street"]),
        ("Wi-Fi_2 isn't", ["wi", "fi_2", "isn", "t"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("no😡signal", ["no", "signal"]),
        ("明日は 雨", ["明日は", "雨"]),
        ("", []),
        (" \t\n.,", []),
        ("x" * 501 + " " + "y" * 500, ["y" * 500]),
    ],
)
def test_words_of_a_text(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(max_size=200))
def test_there_is_one_rule_for_every_alphabet(text: str) -> None:
    assert words(text) == re.findall(r"\w+", text.casefold())


@given(st.lists(texts))
def test_a_vector_has_the_words_of_its_text(given_texts: list[str]) -> None:
    found = [[part.rpartition(":")[0] for part in one.split()] for one in vectors(given_texts)]
    assert found == [words(text) for text in given_texts]


def test_a_vector_tells_the_place_of_each_word() -> None:
    assert vectors(["no signal no", ""]) == ["no:1 signal:2 no:3 ", ""]


def test_words_beyond_the_last_place_are_kept() -> None:
    (vector,) = vectors([" ".join(f"w{n}" for n in range(20_000))])
    assert vector.endswith("w19999:16383 ")


class OnPostgres(TestCase):
    """What PostgreSQL makes of a vector."""

    @given(st.lists(texts, min_size=1, max_size=5))
    def test_it_reads_each_vector_and_finds_each_word(self, given_texts: list[str]) -> None:
        if connection.vendor != "postgresql":
            return
        for text, vector in zip(given_texts, vectors(given_texts), strict=True):
            with connection.cursor() as cursor:
                cursor.execute("SELECT tsvector_to_array(%s::tsvector)", (vector,))
                assert set(cursor.fetchone()[0]) == set(words(text))
