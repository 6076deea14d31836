"""Who may be blocked: never for criticism, never in danger, never for ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.blocks.rules import LONGEST, Asked, No, refused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOOD = Asked(
    ground="threats",
    why="threatens Alice",
    other_way="by phone",
    shown=True,
    abusive=True,
    sure=False,
    review_at=NOW + timedelta(days=30),
)
asked = st.builds(
    Asked,
    ground=st.sampled_from(["", "threats", "spam"]),
    why=st.sampled_from(["", " ", "threatens Alice"]),
    other_way=st.sampled_from(["", "by phone"]),
    shown=st.booleans(),
    abusive=st.booleans(),
    sure=st.booleans(),
    review_at=st.integers(-10, 400).map(lambda days: NOW + timedelta(days=days)),
    blocked=st.booleans(),
    card_open=st.booleans(),
    urgent=st.booleans(),
)


@given(asked)
def test_whoever_is_blocked_abused_people_is_safe_and_has_another_way(one: Asked) -> None:
    if refused(one, NOW) is None:
        assert one.ground
        assert one.shown
        assert one.abusive or one.sure
        assert one.why.strip()
        assert one.other_way.strip()
        assert NOW < one.review_at <= NOW + LONGEST
        assert (one.blocked, one.card_open, one.urgent) == (False, False, False)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"blocked": True}, No.BLOCKED),
        ({"card_open": True}, No.DANGER),
        ({"urgent": True}, No.URGENT),
        ({"ground": ""}, No.GROUND),
        ({"shown": False}, No.SHOWN),
        ({"abusive": False}, No.CRITICISM),
        ({"why": " "}, No.WORDS),
        ({"other_way": ""}, No.OTHER_WAY),
        ({"review_at": NOW}, No.REVIEW),
        ({"abusive": False, "sure": True}, None),
        ({}, None),
    ],
)
def test_each_reason_is_told(changed: dict[str, object], why: No | None) -> None:
    assert refused(replace(GOOD, **changed), NOW) == why  # type: ignore[arg-type]  # by name
