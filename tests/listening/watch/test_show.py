"""Where a query's words stand in a text, and which other posts sound like those caught."""

from itertools import pairwise

import pytest
from hypothesis import given

from rejoinder.listening.watch.parse import parse
from rejoinder.listening.watch.query import Query
from rejoinder.listening.watch.show import alike, spans
from tests.listening.watch.naive import Post
from tests.listening.watch.queries import posts, queries


@pytest.mark.parametrize(
    ("words", "text", "shown"),
    [
        ("signal", "No SIGNAL, signal!", ["SIGNAL", "signal"]),
        ('"no signal"', "no, no signal at all", ["no signal"]),
        ("no signal", "no signal", ["no", "signal"]),
        ("no NEAR/5 sig*", "signals? no", ["signals", "no"]),
        ("O2 -arena", "O2 and the arena", ["O2"]),
        ("strasse", "eine Straße", ["Straße"]),
        ("信号", "没有信号了", ["信号"]),
        ("lang:en", "signal", []),
    ],
)
def test_what_is_underlined(words: str, text: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in spans(parse(words), text)] == shown


@given(queries, posts)
def test_places_are_in_order_and_apart(each: Query, post: Post) -> None:
    found = spans(each, post.text)
    assert all(0 <= start < end <= len(post.text) for start, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_what_sounds_alike_comes_first_and_the_rest_not_at_all() -> None:
    caught = [f"northwind no signal in my street since {n}" for n in range(10)]
    others = ["lovely weather for a walk"] * 30 + ["nrothwind no signal in my street since noon"]
    assert alike(caught, others, 5) == [30]
    assert alike([], others, 5) == []
    assert alike(caught, [], 5) == []
