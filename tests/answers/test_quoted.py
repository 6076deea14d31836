"""Which revision a reply told, from its words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.answers.quoted import Told, codes, quoted

SECOND = "Seven in ten are back. Everybody should be back by 13:00 today."
THIRD = "Seven in ten are back. The rest around Otley follow by 17:00."
LINK = "https://desk.example.com/s/k7m2p"
PUBLISHED = [Told(3, f"{THIRD} {LINK}", "k7m2p"), Told(2, SECOND, "k7m2p"), Told(9, "", "abcde")]


@pytest.mark.parametrize(
    ("text", "revision"),
    [
        (THIRD, 3),
        (SECOND, 2),
        (f"Hello Tom, sorry about this. {SECOND.upper()} ^AK", 2),
        (f"Have a look: {LINK}", 3),
        (f"{SECOND} {LINK}", 2),
        ("More at desk.example.com/s/abcde.", 9),
        ("Seven in ten are back.", None),
        ("We are looking into it, Tom.", None),
        ("https://elsewhere.example/s/other", None),
        ("", None),
    ],
)
def test_what_was_said_decides(text: str, revision: int | None) -> None:
    assert quoted(text, PUBLISHED) == revision


def test_the_code_of_a_link_ends_where_it_ends() -> None:
    assert codes("see /s/k7m2p, and x.example/s/abcde2. Not /s/ABC or /s/no") == ["k7m2p", "abcde2"]


@given(st.text(max_size=200), st.lists(st.text(max_size=80), max_size=4))
def test_any_words_have_one_answer(text: str, shorts: list[str]) -> None:
    published = [Told(number, short, "zzzzz") for number, short in enumerate(shorts)]

    assert quoted(text, published) in {None, *range(len(shorts))}
    assert quoted(text, []) is None
