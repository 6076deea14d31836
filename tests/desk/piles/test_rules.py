"""What is proposed as a wave of spam, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.guard.links import hosts
from rejoinder.desk.piles.rules import AUTHORS, Wave, looks_like_spam, place

OURS = ["northwind.example"]
AWAY = frozenset({"prizes.example.net"})
HOME = frozenset({"help.northwind.example"})


def wave(authors: int = 20, strangers: int = 20, *each: frozenset[str]) -> Wave:
    return Wave(authors, strangers, each or (AWAY,) * authors)


def test_strangers_who_send_people_away_are_proposed() -> None:
    assert looks_like_spam(wave(), OURS)
    assert place(wave(), OURS) == "prizes.example.net"


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (wave(AUTHORS - 1, AUTHORS - 1), "few"),
        (wave(20, 15), "many of them are known"),
        (wave(20, 20, *[frozenset[str]()] * 20), "no link: people copy one another"),
        (wave(20, 20, *[HOME] * 20), "they pass our own page on"),
        (wave(20, 20, *[AWAY] * 17, *[HOME] * 3), "not all to one place"),
        (wave(20, 20, *[frozenset({f"{n}.example.net"}) for n in range(20)]), "many places"),
    ],
)
def test_others_are_not(one: Wave, why: str) -> None:
    assert not looks_like_spam(one, OURS), why


@given(st.integers(0, 60), st.integers(0, 60), st.lists(st.sampled_from([AWAY, HOME]), max_size=60))
def test_more_strangers_never_make_it_less_likely(
    authors: int, strangers: int, sent: list[frozenset[str]]
) -> None:
    strangers = min(strangers, authors)
    one = Wave(authors, strangers, tuple(sent))
    if looks_like_spam(one, OURS):
        assert looks_like_spam(Wave(authors, authors, tuple(sent)), OURS)
        assert looks_like_spam(Wave(authors, strangers, (*sent, AWAY)), OURS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Win! https://www.Prizes.example.net/a?b#c", {"prizes.example.net"}),
        ("look at bit.ly/x1 and https://a.example.org.", {"bit.ly", "a.example.org"}),
        ("write to tom@example.com", set()),
        ("http://[broken", {"[broken"}),
        ("", set()),
    ],
)
def test_hosts_of_a_text(text: str, found: set[str]) -> None:
    assert hosts(text) == found
