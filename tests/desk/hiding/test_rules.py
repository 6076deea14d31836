"""What may be hidden: never criticism, never for ever, and by whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.hiding.rules import AIMED, EXPOSING, LONGEST, Asked, No, refused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOOD = Asked(
    ground=EXPOSING,
    why="her phone number",
    review_at=NOW + timedelta(days=30),
    steers=False,
    personal=True,
)
asked = st.builds(
    Asked,
    ground=st.sampled_from(["", EXPOSING, "spam", "danger", *sorted(AIMED)]),
    why=st.sampled_from(["", " ", "her phone number"]),
    review_at=st.integers(-10, 400).map(lambda days: NOW + timedelta(days=days)),
    steers=st.booleans(),
    sure=st.booleans(),
    personal=st.booleans(),
    abusive=st.booleans(),
    there=st.booleans(),
    gone=st.booleans(),
    hidden=st.booleans(),
    under_way=st.booleans(),
)


@given(asked)
def test_what_is_hidden_was_read_so_by_the_desk_or_again_by_a_person(one: Asked) -> None:
    if refused(one, NOW) is None:
        evident = one.ground == EXPOSING and one.personal
        assert evident or one.steers
        assert evident or one.sure or (one.ground in AIMED and one.abusive)
        assert one.why.strip()
        assert NOW < one.review_at <= NOW + LONGEST
        assert (one.there, one.gone, one.hidden, one.under_way) == (True, False, False, False)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"gone": True, "hidden": True}, No.GONE),
        ({"there": False}, No.THERE),
        ({"hidden": True}, No.HIDDEN),
        ({"under_way": True}, No.UNDER_WAY),
        ({"ground": ""}, No.GROUND),
        ({"personal": False}, No.LEAD),
        ({"ground": "threats", "abusive": True}, No.LEAD),
        ({"ground": "threats", "abusive": True, "steers": True}, None),
        ({"ground": "threats", "steers": True}, No.CRITICISM),
        ({"ground": "spam", "abusive": True, "steers": True}, No.CRITICISM),
        ({"ground": "spam", "steers": True, "sure": True}, None),
        ({"why": " "}, No.WORDS),
        ({"review_at": NOW}, No.REVIEW),
        ({"review_at": NOW + timedelta(days=181)}, No.REVIEW),
    ],
)
def test_each_reason(changed: dict[str, object], why: No | None) -> None:
    assert refused(replace(GOOD, **changed), NOW) is why  # type: ignore[arg-type]
