"""Who gets a pointer, who needs a correction, and when a batch does not help."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.batch.rules import (
    AT_LEAST,
    Asker,
    corrects,
    helps_not,
    unfit,
    unfit_by_now,
    words,
)
from rejoinder.listening.read.words import Need

FIT = Asker(
    need="common",
    asked_us=True,
    continued=False,
    in_hand=False,
    told=False,
    deleted=False,
)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"need": "vent"}, None),
        ({"need": "urgent"}, "urgent"),
        ({"need": "specific"}, "own-case"),
        ({"need": "abuse"}, "abuse"),
        ({"continued": True}, "continued"),
        ({"in_hand": True}, "in-hand"),
        ({"told": True}, "told"),
        ({"deleted": True}, "deleted"),
        ({"asked_us": False}, "not-asked"),
        ({"asked_us": False, "need": "urgent"}, "urgent"),
    ],
)
def test_who_gets_a_pointer(change: dict[str, object], why: str | None) -> None:
    assert unfit(replace(FIT, **change)) == why  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("need", "waits", "pointer", "why"),
    [
        ("common", True, True, None),
        ("urgent", True, True, "urgent"),
        ("specific", True, False, "own-case"),
        ("common", False, True, "answered"),
        # A correction is for whoever was told, whether or not they wait.
        ("common", False, False, None),
        ("urgent", False, False, None),
    ],
)
def test_who_was_chosen_may_be_unfit_by_now(
    need: Need, why: str | None, *, waits: bool, pointer: bool
) -> None:
    assert unfit_by_now(need, waits=waits, pointer=pointer) == why


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_batch_stops_only_for_many_and_the_more_the_sooner(told: int, unhappy: int) -> None:
    if helps_not(told, unhappy):
        assert unhappy >= AT_LEAST
        assert unhappy / max(told, 1) > 0.1
        assert helps_not(told, min(unhappy + 1, told)) or unhappy + 1 > told


def test_it_goes_on_when_few_of_many_are_unhappy() -> None:
    assert not helps_not(400, 30)
    assert helps_not(12, 5)
    assert not helps_not(12, 4)


def test_what_changed_since_decides_who_is_corrected() -> None:
    revisions = [(1, False), (2, True), (3, False)]

    assert corrects(1, revisions)
    assert not corrects(2, revisions)
    assert not corrects(3, revisions)


def test_a_link_stands_behind_the_words_only_where_it_is_wanted() -> None:
    assert words(" Fixed since two. ") == "Fixed since two."
    assert words("Fixed.", "https://example.com/s/abc") == "Fixed. https://example.com/s/abc"
