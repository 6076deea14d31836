"""Folding and cutting, batch by batch and one by one alike."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.watch.cut import Cut
from rejoinder.listening.watch.words import read, tokens

ODD = st.text(alphabet=st.characters(), max_size=20)
SIGNS = st.text(alphabet="aé#@'’ _😡信🏽\u200d\ufe0f.\x1e\ud800Ꭰİßµ", max_size=12)


@given(st.lists(st.one_of(ODD, SIGNS), max_size=4))
def test_a_batch_is_cut_as_each_text_alone(texts: list[str]) -> None:
    cut = Cut(texts)
    numbers = cut.text_of(np.arange(len(cut.start)))
    expected = [(token.word, n) for n, text in enumerate(texts) for token in tokens(text)]
    assert list(zip(words_of(cut), numbers.tolist(), strict=True)) == expected


def words_of(cut: Cut) -> list[str]:
    text = cut.text()
    return [text[a:b] for a, b in zip(cut.start.tolist(), cut.stop.tolist(), strict=True)]


@given(st.one_of(ODD, SIGNS))
def test_folding_again_changes_nothing(text: str) -> None:
    words = [token.word for token in tokens(text)]
    assert [token.word for token in tokens(" ".join(words))] == words


@given(ODD)
def test_case_does_not_matter(text: str) -> None:
    assert [t.word for t in tokens(text.lower())] == [t.word for t in tokens(text)]


@given(st.one_of(ODD, SIGNS))
def test_places_are_in_the_text_and_in_order(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No signal, AGAIN!", "no signal again"),
        ("#O2 @O2 bob@o2.com", "#o2 @o2 bob o2 com"),
        ("##o2 .@o2: #", "#o2 @o2"),
        ("O2’s ‘mast’ don't rock'n'roll", "o2's mast don't rock'n'roll"),
        ("STRAẞE Łódź Ørsted İstanbul", "strasse lodz orsted istanbul"),
        ("Ｆｕｌｌ ﬁne 𝐎𝟐 O²", "full fine o2 o2"),
        ("😡😡🏽 👩‍💻 O2™ 1️⃣", "😡 😡 👩 💻 o2 ™ 1"),
        ("没有信号 がか", "没 有 信 号 が か"),
        ("한국어 신호", "한국어 신호"),
        ("हिन्दी सिग्नल", "हिन्दी सिग्नल"),
        ("sig\u200bnal\u00ad \u202esignal", "signal signal"),
        ("£10.50 100%", "10 50 100"),
        ("", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert " ".join(token.word for token in tokens(text)) == words


def test_a_place_covers_what_was_written() -> None:
    text = "Oh ‘O2’s’ Straße 🤦🏽 signal"
    written = [text[token.start : token.end] for token in tokens(text)]
    assert written == ["Oh", "O2’s", "Straße", "🤦", "signal"]


def test_forms() -> None:
    assert read("#o2's") == ("#", ("o2s", "o2"))
    assert read("l'ete") == ("", ("lete", "ete"))
    assert read("don't") == ("", ("dont",))


def test_composed_and_decomposed_text_is_the_same() -> None:
    apart = unicodedata.normalize("NFD", "Café Łódź naïve")
    assert words_of(Cut([apart])) == words_of(Cut(["Café Łódź naïve"]))
