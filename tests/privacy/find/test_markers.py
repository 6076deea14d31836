"""A marker says the kind, and never how long the words were that it stands for."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.find import KINDS, Finder, Span, markers, mask

FINDER = Finder()


def test_a_marker_stands_for_what_was_found() -> None:
    text = "ring 07700 900123 or bob@example.com"
    masked = mask(text, FINDER.find([text])[0])
    assert masked == "ring [••• phone number] or [••• e-mail address]"


def test_short_and_long_are_masked_alike() -> None:
    short, long = "SW1A 1AA", "zero seven seven double zero nine zero zero one two three"
    for text, words in ((short, "postcode"), (long, "phone number")):
        assert FINDER.masked([text])[0][0] == f"[••• {words}]"


def test_pages_find_the_markers_again() -> None:
    masked, _ = FINDER.masked(["ring 07700900123, I'm Jane Doe"])[0]
    found = [(masked[one.start : one.end], one.kind) for one in markers(masked)]
    assert found == [("[••• phone number]", "phone"), ("[••• name]", "name")]


@given(st.lists(st.sampled_from(list(KINDS)), max_size=6), st.text(alphabet="ab •[]", max_size=4))
def test_every_marker_is_read_as_it_was_written(kinds: list[str], between: str) -> None:
    text, spans = "", []
    for kind in kinds:
        text += between
        spans.append(Span(len(text), len(text) + 1, kind))
        text += "x"
    assert [one.kind for one in markers(mask(text, spans))] == kinds


@given(st.text())
def test_text_without_markers_has_none(text: str) -> None:
    assert markers(text.replace("[", "(")) == ()
