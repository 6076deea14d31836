"""Who may be taken for Northwind, and who may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.impostors.likeness import Like, Own, likeness, nearest, skeleton

OURS = Own(1, "@northwind", "Northwind Mobile")


@pytest.mark.parametrize(
    ("handle", "name", "like"),
    [
        ("@n0rthwind", "", Like.LETTERS),
        ("northwlnd", "", Like.LETTERS),
        ("nоrthwind", "", Like.LETTERS),  # a Cyrillic o
        ("NORTH_WIND", "", Like.LETTERS),
        ("northvvind", "", Like.LETTERS),
        ("northwind@elsewhere.example", "", Like.ELSEWHERE),
        ("northwind.social.example", "", Like.ELSEWHERE),
        ("northwind_help", "", Like.ADDED),
        ("Official.Northwind", "", Like.ADDED),
        ("NorthwindCustomerCare", "", Like.ADDED),
        ("northwind2", "", Like.ADDED),
        ("n0rthwind-support24", "", Like.ADDED),
        ("help.northwind", "", Like.ADDED),
        ("northwnd", "", Like.MISSPELT),
        ("nortwhind", "", Like.MISSPELT),
        ("tom123", "Northwind Mobile", Like.NAME),
        ("tom123", "NORTHWIND  MOBILE Support", Like.NAME),
    ],
)
def test_an_impostor_is_seen(handle: str, name: str, like: Like) -> None:
    assert likeness(handle, name, OURS) == like


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("tom", "Tom"),
        ("ihatenorthwind", "No more Northwind Mobile!"),
        ("northwindsurfer", "Windsurfing in the north"),
        ("northwindbats", ""),
        ("southwind", "South Wind"),
        ("north", "Wind"),
        ("", ""),
        ("___", "🙂"),
        ("northern_wind_fan", "Anna"),
    ],
)
def test_others_are_not(handle: str, name: str) -> None:
    assert likeness(handle, name, OURS) is None


def test_short_names_are_compared_whole() -> None:
    tee = Own(1, "@tee", "")
    assert likeness("t_e_e", "", tee) == Like.LETTERS
    assert likeness("teehelp", "", tee) is None
    assert likeness("tea", "", tee) is None


@pytest.mark.parametrize("own", ["care.northwind.example", "https://blog.northwind.example"])
def test_a_domain_of_ours_is_known_by_its_name(own: str) -> None:
    assert likeness("n0rthwind.example", "", Own(1, own)) == Like.LETTERS
    assert likeness("care.tom.example", "", Own(1, own)) is None
    assert likeness("blog.tom.example", "", Own(1, own)) is None


def test_of_several_accounts_the_likest_is_named() -> None:
    care = Own(2, "@northwindcare", "Northwind Mobile")
    assert nearest("n0rthwindcare", "", (OURS, care)) == (care, Like.LETTERS)
    assert nearest("tom", "Northwind Mobile", (OURS, care)) == (OURS, Like.NAME)
    assert nearest("tom", "Tom", (OURS, care)) is None


LATIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=15)
SIGNS = st.sampled_from(["_", "-", "__", ""])


@given(LATIN, st.data())
def test_signs_and_capitals_between_letters_hide_nothing(own: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(own)))
    written = (own[:at] + data.draw(SIGNS) + own[at:]).upper()
    assert likeness(written, "", Own(1, own)) is not None


@given(LATIN, st.data())
def test_letters_of_other_scripts_hide_nothing(own: str, data: st.DataObject) -> None:
    twins = {"a": "аα4@", "c": "с", "e": "еε3", "i": "іι1l", "l": "1iӏ", "o": "оο0", "s": "ѕ5$"}
    written = "".join(data.draw(st.sampled_from(letter + twins.get(letter, ""))) for letter in own)
    # A sign at the front is the sign of a handle, and one inside ends it.
    if "@" not in written:
        assert likeness(written, "", Own(1, own)) is not None


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_is_judged_the_same_twice(handle: str, name: str) -> None:
    assert likeness(handle, name, OURS) == likeness(handle, name, OURS)
    assert skeleton(skeleton(handle)) is not None


@given(LATIN)
def test_nobody_is_like_an_account_without_a_name(handle: str) -> None:
    assert likeness(handle, handle, Own(1, "")) is None
