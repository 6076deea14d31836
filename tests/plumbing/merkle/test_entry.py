"""An entry of the log is one text, whoever writes it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing.merkle.entry import canonical, hashed

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ENTRY = st.dictionaries(
    st.text("abcdefghij_", min_size=1),
    TEXT | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
)


@given(ENTRY)
def test_it_reads_back_as_it_was_and_order_does_not_matter(entry: dict[str, str | int]) -> None:
    text = canonical(entry)

    assert json.loads(text) == entry
    assert canonical(dict(reversed(entry.items()))) == text
    assert len(hashed(text)) == 64


def test_letters_stand_as_themselves() -> None:
    assert canonical({"title": "Où est l’été? 😀", "number": 3}) == (
        '{"number":3,"title":"Où est l’été? 😀"}'
    )


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        canonical({"title": "\ud83d"})
