"""An incident closes when it is told in full and people were told, or why not is written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.incidents.closing import Lacks, State, Told, lacks, told, until_told

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FULL = State("facts", "effects", "remedy", AT, True, Told(2, 2, AT), "", ())
names = st.frozensets(st.sampled_from("abcdef"))


def test_it_may_be_closed_when_nothing_is_missing() -> None:
    assert lacks(FULL) == []


def test_each_thing_that_is_missing_is_named() -> None:
    assert lacks(replace(FULL, facts=" ")) == [Lacks.FACTS]
    assert lacks(replace(FULL, effects="")) == [Lacks.EFFECTS]
    assert lacks(replace(FULL, remedy="")) == [Lacks.REMEDY]
    assert lacks(replace(FULL, fixed_at=None)) == [Lacks.FIXED]
    assert lacks(replace(FULL, told=Told(0, 0, None))) == [Lacks.LIST]
    assert lacks(replace(FULL, told=Told(2, 1, AT))) == [Lacks.TOLD]
    assert lacks(replace(FULL, silent=["pecr-5a"])) == [Lacks.NOTICES]


def test_a_written_reason_stands_for_telling_people() -> None:
    assert lacks(replace(FULL, told=Told(2, 1, AT), why_not="no longer customers")) == []
    assert lacks(replace(FULL, told=Told(0, 0, None), why_not=" ")) == [Lacks.LIST]


def test_of_a_network_nobody_has_to_be_listed() -> None:
    assert lacks(replace(FULL, personal=False, told=Told(0, 0, None))) == []


@given(names, st.dictionaries(st.sampled_from("abcdef"), st.datetimes()))
def test_only_who_is_listed_counts_as_told(
    listed: frozenset[str], words: dict[str, datetime]
) -> None:
    found = told(listed, words)
    assert found.told == len(listed & set(words))
    assert found.everybody == (bool(listed) and listed <= set(words))


def test_the_days_from_fixed_to_told_run_until_the_last_person() -> None:
    later = AT + timedelta(days=9)
    assert until_told(AT, Told(2, 2, AT + timedelta(days=3)), later) == timedelta(days=3)
    assert until_told(AT, Told(2, 1, AT + timedelta(days=3)), later) == timedelta(days=9)
    assert until_told(None, Told(2, 1, AT), later) is None
    assert until_told(AT, Told(0, 0, None), later) is None
