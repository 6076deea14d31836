"""What we write arrives on a site as it was meant."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels import hypertext
from rejoinder.channels.wordpress import markup

WORDS = st.text().filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text))


@given(WORDS)
def test_what_we_write_is_read_as_it_was_meant(text: str) -> None:
    written = markup.markup(text)
    assert "<" not in written
    assert hypertext.words(written) == hypertext.words(markup.markup(hypertext.words(written)))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\t "), min_size=1))
def test_without_space_it_is_the_very_same(text: str) -> None:
    if text == text.strip():
        assert hypertext.words(markup.markup(text)) == text


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    markup.markup(text).encode()


def test_the_last_part_of_an_address_is_words_and_the_key() -> None:
    assert markup.slug("Is there an outage in Leeds?", "1a-7") == "is-there-an-outage-in-leeds-1a-7"
    assert markup.slug("停电了吗", "1a-7") == "1a-7"
    assert markup.slug("--", "k") == "k"
    assert len(markup.slug("x" * 300, "k")) == 62
