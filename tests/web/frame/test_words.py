"""Every word of the desk has its German, and times and numbers read as people write them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing import clock
from rejoinder.web.frame import words
from tests.web import catalogue

Words = str | Sequence[str]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def test_every_message_has_its_german() -> None:
    kept = catalogue.catalogue()

    lacking = [
        message[0]
        for message in catalogue.words()
        if not (found := kept.get(message[0])) or not catalogue.translated(found.string)
    ]

    assert lacking == [], "add them: python -m tests.web.catalogue"


def test_no_german_is_left_of_what_is_gone() -> None:
    known = {message[0] for message in catalogue.words()}

    stale = [m.id for m in catalogue.catalogue() if m.id and first(m.id) not in known]

    assert stale == [], "drop them: python -m tests.web.catalogue"


def test_the_compiled_file_is_the_one_of_the_words() -> None:
    compiled = catalogue.GERMAN.with_suffix(".mo").read_bytes()

    assert compiled == catalogue.compiled(catalogue.catalogue())


def test_german_fills_in_what_english_fills_in() -> None:
    for message in catalogue.catalogue():
        if message.id:
            assert places(last(message.string)) == places(last(message.id)), message.id


def test_german_says_sie_to_everybody_and_der_desk() -> None:
    other = re.compile(r"(?i)\b(du|dir|dich|dein\w*|euch|euer|eure\w*|(das|dieses) desk|pult)\b")

    found = [m.string for m in catalogue.catalogue() if m.id and other.search(str(m.string))]

    assert found == []


def first(words_: Words) -> str:
    return words_ if isinstance(words_, str) else words_[0]


def last(words_: Words | None) -> str:
    return words_ if isinstance(words_, str) else (words_ or ("",))[-1]


def places(text: str) -> set[str]:
    return {"".join(found) for found in PLACES.findall(text)}


@pytest.mark.parametrize(
    ("seconds", "english", "german"),
    [
        (0, "now", "jetzt"),
        (59, "now", "jetzt"),
        (60, "1 min", "1 Min"),
        (3599, "59 min", "59 Min"),
        (3600, "1 h", "1 Std"),
        (86_400, "1 day", "1 Tag"),
        (172_800, "2 days", "2 Tagen"),
        (729 * 86_400, "729 days", "729 Tagen"),
        (730 * 86_400, "2 years", "2 Jahren"),
    ],
)
def test_an_age_has_one_unit(seconds: int, english: str, german: str) -> None:
    with clock.standing(NOON):
        assert words.age(NOON - timedelta(seconds=seconds)) == english
        with translation.override("de"):
            assert words.age(NOON - timedelta(seconds=seconds)) == german


@given(st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=4000)))
def test_any_age_is_said_without_a_sign(since: timedelta) -> None:
    with clock.standing(NOON):
        assert not words.age(NOON - since).startswith("-")


def test_a_time_carries_its_day_only_when_it_is_another() -> None:
    with clock.standing(NOON), timezone.override("Europe/London"):
        assert words.at(NOON) == "12:00"
        assert words.at(NOON - timedelta(days=1)) == "1 Mar, 12:00"
        assert words.at(NOON - timedelta(days=365)) == "2 Mar 2025, 12:00"


def test_what_is_left_reads_as_a_clock() -> None:
    with clock.standing(NOON):
        assert words.left(NOON + timedelta(seconds=552)) == "9:12"
        assert words.left(NOON - timedelta(seconds=1)) == "0:00"


@given(st.text(alphabet="ab\u202a\u202e\u2066\u2069\u0627"))
def test_a_name_turns_no_sentence_about(name: str) -> None:
    assert not set(words.plain(name)) & set("\u202a\u202e\u2066\u2069")
    assert words.plain(words.plain(name)) == words.plain(name)


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_stand_apart(number: int) -> None:
    assert words.figure(number) == f"{number:,}"
    assert words.figure(float(number)) == f"{number:,}"
