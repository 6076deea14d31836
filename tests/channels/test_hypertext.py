"""Between markup and plain words: what a reader reads, nothing that runs, in no time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels import hypertext


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no signal <b>here</b>", "no signal here"),
        ("one<br />two<br>three", "one\ntwo\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("Fish &amp; chips &lt;b&gt; &#8217;til &eacute;", "Fish & chips <b> ’til é"),
        (
            'see <a href="https://example.com/a?x=1&amp;y=2">this</a>',
            "see this (https://example.com/a?x=1&y=2)",
        ),
        (
            '<a href="https://example.com" rel="nofollow">https://example.com</a>',
            "https://example.com",
        ),
        ("<a href='mailto:help@example.com'>us</a>", "us (help@example.com)"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<!-- nothing --><!DOCTYPE x>said", "said"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("<blockquote>you said</blockquote>and I", "you said\nand I"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        (
            '<a href="https://social.example/@tom" class="u-url mention">@<span>tom</span></a>',
            "@tom",
        ),
        ('<a href="https://social.example/tags/x" rel="tag">#<span>x</span></a>', "#x"),
        ("", ""),
    ],
)
def test_markup_is_read_as_a_person_reads_it(written: str, read: str) -> None:
    assert hypertext.words(written) == read


@given(st.text() | st.text(alphabet="<>a/&;!-=\"' #\n"))
def test_no_text_breaks_it_and_no_tag_gets_through(text: str) -> None:
    assert hypertext.words(text) is not None


@pytest.mark.parametrize(
    "hostile",
    [
        "<" * 1_000_000,
        "<a" * 500_000,
        "<a href=" * 200_000,
        "<!--" * 500_000,
        "&" * 1_000_000,
        "<a href='" + "x" * 1_000_000,
        "\n \n" * 300_000,
        "<a href=https://example.com>" * 50_000,
        "x" * 10_000_000,
        '<a class="' + "x" * 1_000_000,
        "<a " + 'class="x ' * 100_000 + ">",
    ],
    ids=lambda text: text[:9],
)
def test_hostile_markup_takes_no_time(hostile: str) -> None:
    begun = time.process_time()
    hypertext.words(hostile)
    assert time.process_time() - begun < 2
