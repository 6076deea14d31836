"""Which duties an incident has: by what it touches, its risk, and the day it became known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.incidents import known
from rejoinder.privacy.incidents.rules import Nature, Risk, Touches, duties, read

RULE = """
name = "contract"
law = "Our contract"
whom = "A partner"
to = "regulator"
needs = ["network"]
place = "GB-ENG"
zone = "Europe/London"
"""
natures = st.builds(Nature, st.frozensets(st.sampled_from(Touches)), st.sampled_from(Risk))
days = st.dates(date(2018, 6, 1), date(2040, 1, 1))
rules = known.rules()


def names(nature: Nature, day: date) -> set[str]:
    return {duty.rule.name for duty in duties(rules, nature, day)}


def test_the_rules_that_come_with_the_desk_can_be_read() -> None:
    assert [one.name for one in rules] == [
        "ofcom-105k",
        "pecr-5a",
        "pecr-5a-people",
        "uk-gdpr-33",
        "uk-gdpr-34",
    ]
    assert all(version.source.startswith("https://") for one in rules for version in one.version)


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 8, 19), 24), (date(2025, 8, 20), 72)])
def test_pecr_gives_72_hours_since_the_act_of_2025(day: date, hours: int) -> None:
    nature = Nature(frozenset({Touches.PERSONAL, Touches.PROVIDER}), Risk.UNKNOWN)
    found = {duty.rule.name: duty.version.hours for duty in duties(rules, nature, day)}
    assert found == {"pecr-5a": hours, "pecr-5a-people": None}


@given(natures, days)
def test_a_breach_is_told_to_the_commissioner_under_one_law(nature: Nature, day: date) -> None:
    assert len({"uk-gdpr-33", "pecr-5a"} & names(nature, day)) <= 1


@given(natures, days)
def test_a_high_risk_to_people_is_told_to_people(nature: Nature, day: date) -> None:
    if nature.risk is Risk.HIGH and Touches.PERSONAL in nature.touches:
        assert {"uk-gdpr-34", "pecr-5a-people"} & names(nature, day)


@given(natures, days)
def test_the_version_that_counts_had_begun_and_none_after_it(nature: Nature, day: date) -> None:
    for rule, version in duties(rules, nature, day):
        assert version.since <= day
        assert not [each for each in rule.version if version.since < each.since <= day]


def test_before_its_first_version_a_rule_asks_nothing() -> None:
    nature = Nature(frozenset({Touches.NETWORK}), Risk.HIGH)
    first = rules[0].version[0].since
    assert names(nature, first) == {"ofcom-105k"}
    assert names(nature, first - timedelta(days=1)) == set()


@pytest.mark.parametrize(
    "more",
    [
        "",
        '[[version]]\nsource = "s"',
        '[[version]]\nfrom = 2020-01-01\nsource = "s"\nhours = 0',
        '[[version]]\nfrom = 2020-01-01\nsource = "s"\nhours = 3\nworking_days = 1',
        '[[version]]\nfrom = 2020-01-01\nsource = "s"\nhour = 3',
        "[[version]]\nfrom = 2020-01-01\nhours = 3",
        '[[version]]\nfrom = 2020-01-01\nsource = "s"\n' * 2,
        "version",
    ],
)
def test_a_rule_that_says_nothing_clear_is_refused(more: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(RULE + more)


def test_an_organisation_writes_its_own_rules() -> None:
    rule = read(f'{RULE}[[version]]\nfrom = 2020-01-01\nsource = "page 4"\nworking_days = 2')
    nature = Nature(frozenset({Touches.NETWORK}), Risk.UNKNOWN)
    ((found, version),) = duties([rule], nature, date(2026, 1, 1))
    assert (found.whom, version.working_days) == ("A partner", 2)
