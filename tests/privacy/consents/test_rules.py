"""Which consent may be asked for, and what a yes adds to the purposes of a value."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.consents import rules
from rejoinder.privacy.consents.rules import LONGEST, Wrong, wrong
from rejoinder.privacy.purpose import PURPOSES, written

TODAY = date(2026, 3, 2)
some = st.lists(st.sampled_from(sorted(PURPOSES)), unique=True).map(written)


def test_only_what_is_asked_for_to_a_day_that_comes_and_not_too_far() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert wrong("marketing", TODAY, tomorrow) is None
    assert wrong("service-notice", TODAY, TODAY + LONGEST) is None
    assert wrong("callback", TODAY, tomorrow) == Wrong.PURPOSE
    assert wrong("marketing", TODAY, TODAY) == Wrong.PAST
    assert wrong("marketing", TODAY, TODAY + LONGEST + timedelta(days=1)) == Wrong.LONG


@given(some, st.sampled_from(rules.PURPOSES))
def test_a_yes_adds_one_purpose_and_its_end_takes_it_away_again(allowed: str, purpose: str) -> None:
    given_ = written(rules.with_purpose(allowed, purpose))
    assert set(given_.split(",")) == {*filter(None, allowed.split(",")), purpose}
    ended = written(rules.without_purpose(given_, purpose))
    assert set(filter(None, ended.split(","))) == set(filter(None, allowed.split(","))) - {purpose}


def test_the_question_says_until_when_once() -> None:
    assert rules.has_day("until {until}?")
    assert not rules.has_day("for ever?")
    assert not rules.has_day("{until} and {until}")
    assert rules.asked("until {until}?", "2 March") == "until 2 March?"
