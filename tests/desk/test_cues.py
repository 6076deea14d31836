"""How phrases are looked for in a draft: spelt out, and each place led back to where it stands."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk import cues

KNOWN = cues.cues("rejoinder.desk.guard", "lives", "asking", "question")


def found(concept: str, text: str) -> list[str]:
    return [text[start:end] for start, end in KNOWN.places(concept, cues.fold(text))]


def test_a_place_is_where_the_words_stand_in_the_text() -> None:
    assert found("asks_secret", "Für Sie: Was ist Ihre PIN?") == ["Was ist Ihre PIN"]
    assert found("alone", "😀 She’s home alone, yes") == ["She’s home alone"]


def test_no_phrase_reaches_over_the_end_of_a_sentence() -> None:
    assert found("health", "Thanks to her. Hospital parking is free.") == []


@given(st.text())
def test_every_letter_knows_where_it_came_from(text: str) -> None:
    folded = cues.fold(text)

    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(folded.places)
    assert folded.text.isascii()


def test_a_huge_draft_is_read_to_its_cap() -> None:
    assert len(cues.fold("a" * 10_000_000).text) == cues.CAP
