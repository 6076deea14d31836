"""The fast way catches exactly what the obvious way catches, whatever is asked and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.watch.match import BATCH, Watches
from rejoinder.listening.watch.parse import parse
from rejoinder.listening.watch.query import Query
from tests.listening.watch.naive import Post, catches, seen
from tests.listening.watch.queries import posts, queries


@given(st.lists(queries, max_size=6), st.lists(posts, max_size=8))
def test_the_same_hits_as_one_by_one(asked: list[Query], said: list[Post]) -> None:
    expected = [
        tuple(number for number, each in enumerate(asked) if catches(each, seen(post)))
        for post in said
    ]
    assert Watches(list(enumerate(asked))).caught(said) == expected


@given(queries, posts, st.integers(1, 4))
def test_a_post_is_caught_alike_in_any_batch(asked: Query, post: Post, many: int) -> None:
    watches = Watches([(7, asked)])
    alone = watches.caught([post])
    assert watches.caught([Post("no"), *[post] * many])[1:] == alone * many


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("signal", "SIGNAL!"),
        ("signal", "Is the #Signal down?"),
        ("O2", "thanks @O2"),
        ("O2", "O2's mast"),
        ("o2", "Ｏ２ is down"),
        ("#o2", "#O2 fails"),
        ("@o2", "dear @O2:"),
        ("strasse", "Die STRAẞE"),
        ("café", "the cafe"),
        ("don't", "i DON’T know"),
        ("été", "tout l’été"),
        ("sig*", "two signals"),
        ("comcast~", "Comcats again"),
        ("comcast~2", "concasts"),
        ("wi-fi", "no wi fi here"),
        ("wi-fi", "Wi–Fi!"),
        ("🤦", "no bars 🤦🏽‍♀️"),
        ("❤️", "❤"),
        ("信号", "没有信号了"),
        ("สัญญาณ", "ไม่มีสัญญาณเลย"),
        ("signal", "sig\u200bnal\u00ad"),
        ('"no signal"', "NO... signal"),
        ("no NEAR/4 signal", "signal: one bar or no"),
        ("(bars OR signal) NEAR/1 (no OR zero)", "zero bars"),
        ("O2 -arena", "O2 is down"),
        ("O2 NOT (arena OR oxygen)", "O2 again"),
        ("Comcrap OR xfinity", "love comcrap"),
        ("lang:en signal", "signal"),
    ],
)
def test_caught(words: str, text: str) -> None:
    assert Watches([(1, parse(words))]).caught([Post(text, "@tom", "en")]) == [(1,)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("signal", "signals"),
        ("@o2", "write to bob@o2.example.com"),
        ("@o2", "O2"),
        ("#o2", "o2"),
        ("O2", "@O2academy"),
        ("wi-fi", "wifi"),
        ('"no signal"', "no good signal"),
        ("no NEAR/3 signal", "no one here has any signal"),
        ("signal NEAR/5 signal", "one signal"),
        ("O2 -arena", "the O2 Arena"),
        ("o2", "co2"),
        ("lang:de", "signal"),
        ("from:@brand", "signal"),
    ],
)
def test_not_caught(words: str, text: str) -> None:
    assert Watches([(1, parse(words))]).caught([Post(text, "@tom", "en")]) == [()]


def test_our_own_posts_are_caught_by_none() -> None:
    watches = Watches([(1, parse("signal")), (2, parse("signal -x"))], ["@Brand", ""])
    said = [
        Post("signal", "brand"),
        Post("signal", "@BRAND"),
        Post("signal", "@brandy"),
        Post("signal"),
    ]
    assert watches.caught(said) == [(), (), (1, 2), (1, 2)]


def test_words_of_two_posts_are_never_near() -> None:
    watches = Watches([(1, parse('"no signal"')), (2, parse("no NEAR/99 signal"))])
    assert watches.caught([Post("no"), Post("signal"), Post(""), Post("signal")]) == [()] * 4


def test_more_posts_than_one_batch() -> None:
    said = [Post("no signal" if number % 1000 == 0 else "hello") for number in range(BATCH + 1001)]
    found = Watches([(5, parse('"no signal"'))]).caught(said)
    assert [number for number, ids in enumerate(found) if ids == (5,)] == [
        0,
        1000,
        2000,
        3000,
        4000,
        5000,
    ]


def test_no_watches_and_no_posts() -> None:
    assert Watches([]).caught([Post("signal")]) == [()]
    assert Watches([(1, parse("signal"))]).caught([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000_000,
        "no " * 3_000_000,
        "#" * 1_000_000,
        "\x1e" * 1000,
        "\ud800 \x00\x1e",
        "é" * 1_000_000,
    ],
    ids=["one word", "many words", "signs", "separators", "unfit", "accents"],
)
def test_hostile_texts(text: str) -> None:
    watches = Watches(
        [(1, parse('"no signal"')), (2, parse("no NEAR/5 signal")), (3, parse("sig*"))]
    )
    assert watches.caught([Post(text), Post("no signal")]) == [(), (1, 2, 3)]


def test_a_hundred_thousand_words_in_one_query() -> None:
    words = " OR ".join(f"word{number}" for number in range(10_000))
    assert len(words) > 100_000
    assert Watches([(1, parse(words))]).caught([Post("Word9999"), Post("word")]) == [(1,), ()]
