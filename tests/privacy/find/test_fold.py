"""Texts become plain ASCII without any character moving."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.find.fold import Folded

ANY = st.text(st.characters(exclude_categories=()), max_size=40)  # lone surrogates too


@given(st.lists(ANY, max_size=8))
def test_each_code_point_is_one_ascii_character(texts: list[str]) -> None:
    folded = Folded(texts)
    assert [len(folded.text(number)) for number in range(len(texts))] == list(map(len, texts))
    assert folded.raw.count(b"\x1e") == len(texts)


@given(st.lists(st.text(st.characters(max_codepoint=127, exclude_characters="\x1e")), max_size=8))
def test_plain_text_stays_as_it_is(texts: list[str]) -> None:
    folded = Folded(texts)
    assert [folded.text(number) for number in range(len(texts))] == texts


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("０７７００", "07700"),
        ("Zoë Ćirić", "Zoe Ciric"),
        ("a＠b．c", "a@b.c"),
        ("1–2—3", "1-2-3"),
        ("a\u00a0b", "a b"),
        ("1\u200b2", "1\x012"),
        ("7️⃣", "7\x01\x01"),
        ("£5", "$5"),
        ("٠٧", "07"),
        ("Straße", "Strase"),
        ("Иван", "Xxxx"),
    ],
)
def test_what_means_the_same_looks_the_same(text: str, plain: str) -> None:
    assert Folded([text]).text(0) == plain
