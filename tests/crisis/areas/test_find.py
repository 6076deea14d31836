"""Places are found where somebody means them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.crisis.areas.find import MOST, Named, find
from rejoinder.crisis.areas.gazetteer import NoPlaceError, gazetteer
from rejoinder.crisis.areas.uk import REGIONS

UK = gazetteer()


def places(text: str) -> list[str]:
    return [each.place for each in find([text], UK)[0]]


def areas(text: str) -> set[str]:
    return {each.area for each in find([text], UK)[0]}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("No signal in Leeds since nine", ["Leeds"]),
        ("LEEDS!!! and bradford's down", ["Leeds", "Bradford"]),
        ("#Sheffield #outage", ["Sheffield"]),
        ("Leeds City centre is dead", ["Leeds"]),
        ("all of West Yorkshire", ["West Yorkshire"]),
        ("St. Albans & King's Lynn", ["St Albans", "King's Lynn"]),
        ("Weston-super-Mare, Newcastle-under-Lyme", ["Weston super Mare", "Newcastle under Lyme"]),
        ("I am reading this in Reading", ["Reading"]),
        ("no bars in bath, Reading is fun", []),
        ("Leeds United lost", []),
        ("London Road and York Street are flooded", []),
        ("off to New York", []),
        ("@LeedsNews https://example.com/Leeds leeds@example.com", []),
        ("LS6 is down", ["LS"]),
        ("nothing in m14", ["M"]),
        ("ZE1 9ZZ and L1 9ZZ", ["ZE", "L"]),
        ("me2! my S21 died on the M1", []),
        ("", []),
    ],
)
def test_what_is_named(text: str, named: list[str]) -> None:
    assert places(text) == named


def test_a_place_is_in_its_area() -> None:
    assert areas("Leeds, LS6 and Bradford") == {"Yorkshire and the Humber"}
    assert areas("Cardiff and Belfast") == {"Wales", "Northern Ireland"}


def test_every_postcode_area_is_in_one_region() -> None:
    letters = [each for region in REGIONS for each in region.postcodes.split()]

    assert len(letters) == len(set(letters)) == 121
    tiles = [region.tile for region in REGIONS]
    assert len(tiles) == len(set(tiles)) == 12


def test_every_shipped_place_is_found_as_it_is_written() -> None:
    for region in REGIONS:
        for name in region.places.replace("?", "").split(", "):
            assert find([f"down in {name} again"], UK)[0] == (Named(region.name, name),), name


def test_own_places_and_own_areas_come_before_shipped_ones() -> None:
    own = gazetteer("Riverside, the Old Mill = south west\nLeeds Arena = Arenas\nYork = Arenas")

    found = find(["the old mill", "in Leeds Arena", "York", "Leeds"], own)

    assert found == [
        (Named("South West", "Riverside"),),
        (Named("Arenas", "Leeds Arena"),),
        (Named("Arenas", "York"),),
        (Named("Yorkshire and the Humber", "Leeds"),),
    ]
    alone = gazetteer("Köln = Rheinland", shipped=False)
    assert find(["KOLN", "Leeds", "LS6"], alone) == [(Named("Rheinland", "Köln"),), (), ()]
    assert alone.areas == ("Rheinland",)


@pytest.mark.parametrize("line", ["Leeds", "= North", "Leeds =", ", = North", "!! = North"])
def test_what_is_no_place_is_said(line: str) -> None:
    with pytest.raises(NoPlaceError):
        gazetteer(f"York = North\n{line}")


@given(st.lists(st.text(), max_size=5))
def test_any_text_gets_its_answer(texts: list[str]) -> None:
    found = find(texts, UK)

    assert len(found) == len(texts)
    assert all(len(each) <= MOST for each in found)


@given(st.text(max_size=200))
def test_any_own_places_are_read_or_refused(own: str) -> None:
    try:
        gazetteer(own)
    except NoPlaceError:
        return


def test_hostile_texts_are_quick() -> None:
    for text in ("L" * 10_000_000, "leeds " * 1_000_000, "\0\ud800 Leeds", "M1 " * 100_000):
        assert len(find([text], UK)[0]) <= MOST
