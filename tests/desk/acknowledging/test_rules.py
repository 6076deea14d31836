"""Whom the desk answers by itself: never in public, never in hours, never twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.acknowledging import rules, words
from rejoinder.desk.acknowledging.rules import FRESH, QUIET, Word

NOW = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
BACK = NOW + timedelta(hours=11)

ages = st.integers(0, 60 * 12).map(lambda minutes: NOW - timedelta(minutes=minutes))
heard = st.builds(
    Word,
    number=st.integers(1, 30),
    talk=st.integers(1, 6),
    person=st.integers(1, 4),
    written=ages,
    public=st.booleans(),
    waits=st.booleans(),
    reachable=st.booleans(),
    told=st.none() | ages,
    told_person=st.none() | st.integers(0, 48).map(lambda hours: NOW - timedelta(hours=hours)),
)
many = st.lists(heard, max_size=20, unique_by=lambda word: word.number)
ONE = Word(1, 1, 1, NOW, public=False, waits=True, reachable=True)


@given(many)
def test_only_private_words_of_who_waits_and_each_once(found: list[Word]) -> None:
    by_number = {word.number: word for word in found}
    due = [by_number[number] for number in rules.due(found, NOW, is_open=False, back=BACK)]
    for word in due:
        assert not word.public
        assert word.waits
        assert word.reachable
        assert word.told is None
    assert len({word.talk for word in due}) == len(due)
    assert len({word.person for word in due}) == len(due)


@given(many, st.none() | ages)
def test_nothing_in_hours_nor_while_nobody_knows_when(
    found: list[Word], over: datetime | None
) -> None:
    assert rules.due(found, NOW, is_open=True, back=BACK) == []
    assert rules.due(found, NOW, is_open=False, back=over) == []


@given(many, st.lists(many, max_size=4))
def test_however_often_it_is_looked_nobody_is_told_twice(
    first: list[Word], later: list[list[Word]]
) -> None:
    """What was told is known at the next look."""
    talks: list[int] = []
    told: dict[int, datetime] = {}
    for batch in [first, *later]:
        known = [
            replace(
                word,
                told=NOW if word.talk in talks else None,
                told_person=told.get(word.person),
            )
            for word in batch
        ]
        due = set(rules.due(known, NOW, is_open=False, back=BACK))
        for word in known:
            if word.number in due:
                talks.append(word.talk)
                told[word.person] = NOW
    assert len(talks) == len(set(talks))


def test_who_wrote_long_before_it_was_heard_is_left_to_people() -> None:
    def due(word: Word) -> list[int]:
        return rules.due([word], NOW, is_open=False, back=BACK)

    assert due(ONE) == [1]
    assert due(replace(ONE, written=NOW - FRESH)) == [1]
    assert due(replace(ONE, written=NOW - FRESH - timedelta(seconds=1))) == []
    assert due(replace(ONE, told_person=NOW - QUIET)) == [1]
    assert due(replace(ONE, told_person=NOW - QUIET + timedelta(seconds=1))) == []


def test_their_language_else_that_of_the_house_else_any() -> None:
    texts = {"en": "Hello {back}", "de": "Hallo {back}"}
    assert words.spoken("de-AT", texts, "en-gb") == "de"
    assert words.spoken("fr", texts, "en-gb") == "en"
    assert words.spoken("fr", {"de": "Hallo {back}"}, "en-gb") == "de"
    assert words.said(texts["de"], "am Montag") == "Hallo am Montag"
    assert all(words.BACK in text and len(text) <= words.LONGEST for text in words.USUAL.values())
