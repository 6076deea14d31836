"""Letters as Mastodon counts them: StatusLengthValidator and its own specifications."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.contract import Count
from rejoinder.channels.mastodon import channel, counting
from tests.simulators.mastodon import markup

LINK = 23


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("", 0),
        ("hello", 5),
        ("👩‍👩‍👧‍👦", 1),
        ("🇬🇧🇩🇪", 2),
        ("👍🏽❤️", 2),
        ("e\u0301", 1),
        ("停电了吗", 4),
        ("see https://example.com/a/very/long/path?with=a&query=1 now", 4 + LINK + 4),
        ("https://example.com.", LINK + 1),
        ("(https://example.com/a_(b))", 1 + LINK + 1),
        ("http://münchen.example/straße", LINK),
        ("example.com/without/scheme", 26),
        ("ftp://example.com", 17),
        ("@tom@a-very-long.example hi", len("@tom hi")),
        ("@tom hi", 7),
        ("tom@example.com", 15),
        ("@tom.b_c-d@x.example, hi", len("@tom.b_c-d, hi")),
        ("#tag and #another", 17),
    ],
)
def test_what_counts(text: str, used: int) -> None:
    assert counting.count(text).used == used


@pytest.mark.parametrize(
    ("text", "warning", "fits"),
    [
        ("", "a" * 520, False),
        ("a" * 520, "", False),
        ("b" * 251, "a" * 250, False),
        ("b" * 250, "a" * 250, True),
        ("a" * 476 + f" http://{'b' * 30}.com/example", "", True),
        ("a" * 476 + f"http://{'b' * 30}.com/example", "", False),
        ("http://example.com/valid?" + "#foo?" * 1000, "", False),
        ("a" * 475 + f" @alice@{'b' * 30}.com", "", True),
        (f"@alice@{'b' * 500}.com", "", False),
    ],
)
def test_the_cases_that_mastodon_keeps_for_itself(text: str, warning: str, fits: bool) -> None:
    """What its own specification of the validator asks (spec/validators, 4.x)."""
    assert counting.count(text, warning).ok == fits


def test_the_warning_counts_too_and_servers_differ() -> None:
    assert counting.count("abc", "health").used == 9
    assert counting.count("a https://example.com", most=5, link=3) == Count(5, 5, ok=True)
    assert not counting.count("x" * 501).ok


def test_the_reader_is_named_once() -> None:
    assert counting.addressed("Hello", "tom@x.example") == "@tom@x.example Hello"
    for text in ("@tom@x.example Hello", "Hello @Tom@X.example.", "Hi @tom@x.example"):
        assert counting.addressed(text, "tom@x.example") == text
    other = "@tom@x.example.org Hello"
    assert counting.addressed(other, "tom@x.example") == f"@tom@x.example {other}"
    assert counting.addressed("mail atom@x.example", "tom@x.example").startswith("@tom@x.example ")
    assert counting.addressed("Hello", "") == "Hello"


def test_an_account_counts_with_its_server_s_rules_and_the_warning_it_answers_below() -> None:
    settings = {"most": "20", "link": "5"}
    count = channel.count_for("Hi", settings, to="tom@x.example", ref={"warning": "sad"})
    assert (count.used, count.allowed) == (len("@tom Hi") + len("sad"), 20)


LETTERS = ["a", "é", "e\u0301", "停", "👩‍👧", "🇬🇧", "👍🏽", " ", ".", "@tom@x.example", "#tag "]


@given(st.lists(st.sampled_from([*LETTERS, " https://example.com/a?b=c "]), max_size=40))
def test_the_simulated_server_counts_the_same(letters: list[str]) -> None:
    text = " ".join(letters)
    assert counting.count(text).used == markup.length(text, "")


@pytest.mark.parametrize(
    "hostile",
    ["@" * 200_000, "https://" * 50_000, "@a" * 100_000, "a." * 100_000, "@a@" + "b." * 100_000],
    ids=lambda text: text[:8],
)
def test_hostile_text_takes_no_time(hostile: str) -> None:
    begun = time.process_time()
    counting.count(hostile)
    assert time.process_time() - begun < 2


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert counting.count(text).used >= 0
    assert counting.addressed(text, "tom@x.example")
