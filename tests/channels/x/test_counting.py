"""X counts by weight: twitter-text, configuration 3."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.x import counting, links

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("", 0),
        ("Back at noon.", 13),
        ("Zuhause läuft's", 15),
        ("e\u0301", 1),  # composed first
        ("故障", 4),
        ("저찀", 4),
        ("– ‘so’ …", 9),  # the ellipsis weighs two
        (FAMILY * 140, 280),
        ("👍🏽🇬🇧❤️1️⃣🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 10),
        ("🇦🇦", 4),  # no country
        ("☎", 2),
        ("© 1 #", 5),
        ("a\ud800", 3),
        ("line\nline", 9),
        ("https://example.com/a/very/long/path?with=a&query=too#here", 23),
        ("example.com", 23),
        ("EXAMPLE.Co.Uk/x", 23),
        ("See https://example.com.", 28),
        ("See example.com/(a_(b)).", 28),
        ("example.notanending", 19),
        ("mail tom@example.com", 20),  # no link
        ("http://例え.テスト.example.com", 23),
        ("日本語です。example.com中国語", 12 + 23 + 6),
        ("https://t.co/" + "a" * 40 + "/more", 23 + 5),
        ("https://t.co/" + "a" * 41, 54),
        ("a" * 64 + ".com", 68),  # no domain has a label like this
        ("x_y.com", 7),
        ("http://x_y.example.com", 23),
        ("xn--fiqs8s.com", 23),
        ("http://[::1]/ ftp://a", 21),
    ],
)
def test_every_kind_of_text_weighs_what_x_says(text: str, used: int) -> None:
    assert counting.count(text).used == used


def test_what_fits_fits_exactly() -> None:
    assert counting.count("x" * 280).ok
    assert not counting.count("x" * 281).ok
    assert not counting.count("").ok
    assert not counting.count("a\ufffe").ok


@pytest.mark.parametrize(
    ("text", "used"),
    [("@tom @tina Hello", 5), ("@tom", 4), ("Hello @tom", 10), (".@tom Hello", 11)],
)
def test_the_names_before_a_reply_cost_nothing(text: str, used: int) -> None:
    assert counting.count(text, reply=True).used == used


def test_a_price_is_known_by_its_link() -> None:
    assert counting.has_link("It is on example.com now")
    assert not counting.has_link("It is back. Now.")


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    found = counting.count(text)
    assert 0 <= found.used <= 2 * len(text) + 23 * text.count(".")
    assert found.ok == (0 < found.used <= 280) or any(c in text for c in "\ufffe\uffff\ufeff")


@given(st.text(alphabet="ab./:-_@#?() é中", max_size=80))
def test_links_stand_apart_and_within_the_text(text: str) -> None:
    ends = 0
    for start, end in links.spans(text):
        assert ends <= start < end <= len(text)
        ends = end


@pytest.mark.parametrize(
    "text",
    [
        "a." * 24_000 + "com",
        "あ" * 49_000 + ".com",
        "a.com/" + "(" * 49_000,
        "a.com/?" + "." * 49_000,
        "é-" * 24_000 + ".com",
        "a.com " * 8000,
        "a.b " * 2_500_000,
    ],
)
def test_no_text_keeps_it_busy(text: str) -> None:
    begun = time.process_time()
    assert not counting.count(text).ok
    assert time.process_time() - begun < 5
