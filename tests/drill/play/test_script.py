"""Everybody of a day has a name of their own and words that fit what they need."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.pretend.world import LONGEST, handle, length
from rejoinder.drill.day import draw
from rejoinder.drill.play import script
from rejoinder.drill.world import World
from rejoinder.listening.read.words import NEEDS

DAY = draw(World(), 3)


def test_nobody_shares_a_name_or_a_handle() -> None:
    people = range(int(DAY.person.max()) + 1)

    assert len({handle(script.name(person)) for person in people}) == len(people)


def test_a_day_has_the_same_words_for_the_same_seed_and_they_fit_the_network() -> None:
    said = script.texts(DAY, "Northwind", 3)

    assert said == script.texts(DAY, "Northwind", 3) != script.texts(DAY, "Northwind", 4)
    assert all(0 < length(f"@northwind {text}") <= LONGEST for text in said)
    assert not any("{" in text for text in said)


def test_words_differ_enough_that_few_are_copies() -> None:
    said = script.texts(DAY, "Northwind", 3)

    assert len(set(said)) > 0.6 * len(said)


@given(st.integers(0, 5), st.integers(-1, 63))
def test_there_are_words_for_each_need_and_question(need: int, question: int) -> None:
    assert script.words().of(need, question)


@given(st.text(min_size=1, max_size=280), st.integers(0, 100))
def test_who_writes_again_fits_too(text: str, seed: int) -> None:
    assert len(script.again(text, Random(seed))) <= LONGEST


def test_there_is_a_reply_for_each_need() -> None:
    assert all(script.reply(need, Random(0)) for need in NEEDS)
