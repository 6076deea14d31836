"""A post that shares seven words in a row with another text is told."""

from hypothesis import given
from hypothesis import strategies as st

from training.close import IN_A_ROW, close, runs
from training.posts import Post, fresh, held_back, learned

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=20)


def post(text: str) -> Post:
    return Post(
        id="one",
        text=text,
        lang="en",
        need="none",
        intent="other",
        sentiment="neutral",
        abuse=False,
        strong=False,
        sarcasm=False,
        safety=None,
    )


@given(WORDS)
def test_a_text_is_close_to_itself_if_it_is_long_enough(words: list[str]) -> None:
    text = " ".join(words)
    assert len(list(runs(text))) == max(len(words) - IN_A_ROW + 1, 0)
    assert bool(close([post(text)], [text])) == (len(words) >= IN_A_ROW)


def test_case_marks_and_apostrophes_make_no_difference() -> None:
    other = "its the third time this week i"
    found = close(
        [post("It's the THIRD time, this week: I ask.")], ["its the third time this week i"]
    )
    assert found == {"one": other}


def test_six_words_are_not_enough() -> None:
    assert close([post("one two three four five six")], ["one two three four five six"]) == {}


def test_nothing_learned_is_close_to_what_is_held_back() -> None:
    assert close(learned(), [post.text for post in [*held_back(), *fresh()]]) == {}
