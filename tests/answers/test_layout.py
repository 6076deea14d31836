"""A plain text as parts of a page: nothing is lost, nothing is empty."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.answers.layout import Block, blocks, sections

TEXT = st.text(st.sampled_from("ab \n#-.\r\u2028😀"), max_size=80) | st.text(max_size=80)

ANSWER = """Seven in ten can call again.
The rest by 17:00.

## What should I do?
Turn it off and on.
- Wait until 17:00.
- Use Wi-Fi.

##no heading
"""


def test_headings_paragraphs_and_lists() -> None:
    assert blocks(ANSWER) == [
        Block("paragraph", ("Seven in ten can call again.", "The rest by 17:00.")),
        Block("heading", ("What should I do?",)),
        Block("paragraph", ("Turn it off and on.",)),
        Block("list", ("Wait until 17:00.", "Use Wi-Fi.")),
        Block("paragraph", ("##no heading",)),
    ]


def test_sections_begin_with_the_lead() -> None:
    lead, what = sections(ANSWER)

    assert (lead.heading, lead.text) == ("", "Seven in ten can call again.\nThe rest by 17:00.")
    assert what.heading == "What should I do?"
    assert "Use Wi-Fi." in what.text
    assert sections("") == sections("\n \n")


@given(TEXT)
def test_every_word_of_a_text_is_on_the_page_in_its_order(text: str) -> None:
    found = blocks(text)

    assert all(any(block.lines) for block in found)
    assert all(len(block.lines) == 1 for block in found if block.kind == "heading")
    letters = "".join("".join(block.lines) for block in found)
    assert _bare(letters) == _bare(text)


def _bare(text: str) -> str:
    """Without spaces and marks."""
    return "".join(text.split()).replace("#", "").replace("-", "")
