"""Hints to write plainly: few, in the right place, never in the way."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.answers.plain import MOST_HINTS, check

LONG = "We are working " + "very " * 25 + "hard."


def kinds(text: str, language: str = "en-gb") -> list[tuple[str, str]]:
    return [(hint.kind, text[hint.start : hint.end]) for hint in check(text, language).hints]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turn your phone off and on once. Then wait.", []),
        ("We commence at nine.", [("hard-word", "commence")]),
        ("The cable was cut. It was quickly repaired.",
         [("passive", "was cut"), ("passive", "was quickly repaired")]),
        (LONG, [("long-sentence", LONG)]),
        ("The HLR is down.", [("unexplained", "HLR")]),
        ("Our register of phones (HLR) is down. The HLR failed.", []),
        ("Dial 999, or text 999 with your SIM in.", []),
        ("Version 2.5 is out at www.example.com today.", []),
    ],
)  # fmt: skip
def test_it_says_what_is_hard_and_where(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_it_offers_the_plainer_word() -> None:
    (hint,) = check("Restart it in order to find the network.", "en").hints

    assert hint.instead == "to"


def test_it_knows_german_and_says_nothing_of_other_tongues() -> None:
    text = "Der Dienst wird zeitnah repariert."

    assert kinds(text, "de") == [("passive", "wird zeitnah repariert"), ("hard-word", "zeitnah")]
    assert kinds("Cela a été utilisé en commence.", "fr") == []


def test_a_plain_text_reads_younger_than_an_official_one() -> None:
    plain = "Turn your phone off and on once. If there is still no signal, wait until five. " * 3
    official = (
        "Following identification of infrastructure degradation, restoration of connectivity is "
        "anticipated subsequent to completion of remediation activities by our engineering teams. "
    ) * 2
    young, old = check(plain, "en").age, check(official, "en").age

    assert young is not None
    assert old is not None
    assert young <= 9
    assert old >= 18
    assert check("Too short to say.", "en").age is None
    assert check(plain, "de").age is None


@given(st.text(max_size=400), st.sampled_from(["en", "de", "en-gb", "cy", ""]))
def test_any_text_has_a_reading(text: str, language: str) -> None:
    reading = check(text, language)

    assert len(reading.hints) <= MOST_HINTS
    assert reading.words >= 0
    assert all(0 <= hint.start < hint.end <= len(text) for hint in reading.hints)
    assert [hint.start for hint in reading.hints] == sorted(hint.start for hint in reading.hints)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "a" * 200_000,
        "wird " * 20_000,
        "A " * 50_000,
        "is " * 50_000,
        ".?!" * 50_000,
        "😀" * 50_000,
        "\ud83d" * 10,
    ],
)
def test_hostile_texts_are_read_in_time(text: str) -> None:
    began = time.perf_counter()
    for language in ("en", "de"):
        check(text, language)
    assert time.perf_counter() - began < 5
