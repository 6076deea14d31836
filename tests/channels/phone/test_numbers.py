"""Which numbers the desk dials, and what it is asked to dial them by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.phone.numbers import EXTENSION, WAY_OUT, NotDialledError, dialled


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("020 7946 0123", "+442079460123"),
        ("+44 20 7946 0123", "+442079460123"),
        ("(020) 7946-0123", "+442079460123"),
        ("0800 123 456", "+44800123456"),
    ],
)
def test_ordinary_numbers_of_ours_are(told: str, number: str) -> None:
    assert dialled(told, "GB") == number


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("0906 123 4567", "costly"),
        ("070 1234 5678", "costly"),
        ("0845 123 4567", "costly"),
        ("+49 30 1234567", "abroad"),
        ("999", "unreadable"),
        ("", "unreadable"),
        ("after six, please", "unreadable"),
        ("020 7946 0123@evil&PJSIP/trunk", "unreadable"),
    ],
)
def test_others_a_person_dials(told: str, why: str) -> None:
    with pytest.raises(NotDialledError, match=why):
        dialled(told, "GB")


@given(st.text(max_size=40))
def test_what_is_dialled_is_a_plus_and_figures(told: str) -> None:
    try:
        number = dialled(told, "GB")
    except NotDialledError:
        return
    assert number[0] == "+"
    assert number[1:].isdecimal()
    assert number.isascii()


@pytest.mark.parametrize(
    "typed",
    ["PJSIP/trunk", "PJSIP/{number}@trunk&PJSIP/spy", "PJSIP/{number}@trunk,b(x)", "{number}", ""],
)
def test_a_way_out_holds_one_number_and_no_more(typed: str) -> None:
    assert not WAY_OUT.fullmatch(typed)
    assert WAY_OUT.fullmatch("PJSIP/{number}@trunk")


@pytest.mark.parametrize(
    "typed", ["PJSIP/101@trunk", "Local/101", "PJSIP/101&102", "PJSIP/", "101"]
)
def test_a_telephone_of_ours_leads_no_further(typed: str) -> None:
    assert not EXTENSION.fullmatch(typed)
    assert EXTENSION.fullmatch("PJSIP/alice-desk")
