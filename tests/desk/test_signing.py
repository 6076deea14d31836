"""Co-signs: behind the text, once, and off again."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.signing import signed, unsigned


def test_a_sign_stands_behind_the_text_once() -> None:
    assert signed("We are on it.", "AK") == "We are on it. ^AK"
    assert signed("We are on it. ^AK", "AK") == "We are on it. ^AK"
    assert signed("For Bob. ^BM", "AK") == "For Bob. ^BM"
    assert signed("We are on it.", "") == "We are on it."
    assert signed(" \n", "AK") == " \n"


@given(st.text(), st.text("ABCDEFGHIJ", min_size=1, max_size=4))
def test_signing_twice_is_signing_once_and_comes_off_again(text: str, mark: str) -> None:
    once = signed(text, mark)
    assert signed(once, mark) == once
    assert unsigned(once, mark) in {text, text.rstrip(), unsigned(text, mark)}
