"""Saved replies: variables, wordings in turn, and finding one by words."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.wording import VARIABLES, Kept, chosen, filled, found, unknown, wordings


def test_a_line_of_dashes_begins_another_wording() -> None:
    assert wordings("Hello {first}.\n---\n\nHi {first}.\n --- \n") == [
        "Hello {first}.",
        "Hi {first}.",
    ]
    assert wordings("a --- b") == ["a --- b"]


def test_a_variable_without_a_value_goes_with_the_space_before_it() -> None:
    assert filled("Hello {first}, see {link}.", {"first": "Tom"}) == "Hello Tom, see."
    assert filled("{me}", {"me": "{name}"}) == "{name}"


def test_what_is_no_variable_is_named() -> None:
    assert unknown("Hello {first} of {town} {}") == ["town", ""]


def test_wordings_take_turns_and_nobody_reads_one_twice_while_another_is_left() -> None:
    texts = ["one", "two", "three"]
    assert [chosen(texts, used, []) for used in range(4)] == ["one", "two", "three", "one"]
    assert chosen(texts, 0, ["one", "two"]) == "three"
    assert chosen(texts, 1, texts) == "two"


def test_a_name_comes_before_a_text_and_the_used_before_the_new() -> None:
    kept = [
        Kept(1, "Greeting", "about the outage", 9),
        Kept(2, "Outage north", "…", 1),
        Kept(3, "Outage south", "…", 5),
        Kept(4, "Refund", "…", 0),
    ]
    assert [each.number for each in found(kept, "OUT age")] == [3, 2, 1]
    assert [each.number for each in found(kept, "outage no")] == [2]
    assert len(found(kept, " ")) == 4


@given(st.text(), st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.text()))
def test_whatever_is_saved_can_be_filled(text: str, values: dict[str, str]) -> None:
    filled(text, values)
    for wording in wordings(text):
        assert wording == wording.strip()
