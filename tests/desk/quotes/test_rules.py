"""Only what somebody said, as they said it, and where everybody could read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.quotes.rules import LONGEST, No, asking, refused, stands

SAID = "Rang at six on Easter Sunday and Bob fixed it\nin minutes. Lovely people!"


def why(words: str, *, place: str = "in our report", public: bool = True) -> No | None:
    return refused(words, SAID, place, public=public, masked=words)


@pytest.mark.parametrize(
    ("words", "no"),
    [
        ("Bob fixed it in minutes.", None),
        ("Lovely people!", None),
        ("Lovely people", No.OTHER_WORDS),
        ("Bob fixed everything", No.OTHER_WORDS),
        ("ovely people!", No.OTHER_WORDS),
        ("Lovely", No.SHORT),
        (" ".join(["on"] * (LONGEST + 1)), No.LONG),
        ("", No.SHORT),
    ],
)
def test_their_own_words(words: str, no: No | None) -> None:
    assert why(words) == no


def test_what_is_refused_whatever_the_words() -> None:
    assert why("Lovely people!", public=False) == No.PRIVATE
    assert why("Lovely people!", place="  ") == No.PLACE
    assert (
        refused(
            "call 07700 900123", "call 07700 900123", "here", public=True, masked="call ⟦phone⟧"
        )
        == No.PERSONAL
    )


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), min_size=3), st.data())
def test_any_run_of_words_stands_and_any_other_order_does_not(
    words: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))
    assert stands("  ".join(words[start:end]), "\n".join(words))
    assert not stands(" ".join([*words, "x"]), " ".join(words))


def test_the_question_says_what_where_and_that_no_is_fine() -> None:
    for language in ("en", "de-at"):
        said = asking(language, "Lovely people!", "in our report")
        assert "Lovely people!" in said
        assert "in our report" in said
        assert "No is" in said or "Nein ist" in said
