"""Public holidays by place."""

from datetime import date

import pytest

from rejoinder.team import holidays


@pytest.mark.parametrize("place", ["", "GB", "GB-ENG", "DE", "DE-BY"])
def test_countries_and_their_parts_are_known(place: str) -> None:
    assert holidays.known(place)


@pytest.mark.parametrize("place", ["XX", "GB-BY", "england", "GB-", "-", "DE-BY-1"])
def test_what_is_no_place_is_not(place: str) -> None:
    assert holidays.known(place) == (place == "GB-")  # nothing after it: the whole country


def test_easter_differs_by_place() -> None:
    sunday, monday = date(2026, 4, 5), date(2026, 4, 6)
    england = holidays.between("GB-ENG", 2025, 2026)
    assert monday in england
    assert sunday not in england  # a Sunday like others, by law
    assert monday not in holidays.between("GB-SCT", 2026, 2026)
    assert sunday in holidays.between("DE-BB", 2026, 2026)
    assert date(2025, 12, 25) in england
    assert date(2027, 12, 25) not in england
    assert holidays.between("", 2026, 2026) == frozenset()
