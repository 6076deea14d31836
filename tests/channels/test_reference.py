"""References are read as people say and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels import reference


@given(st.integers(0, 2**reference.BITS - 1))
def test_what_was_spelt_is_understood_however_it_is_typed(number: int) -> None:
    spelt = reference.spell(number)
    assert len(spelt) == 14
    assert reference.understood(spelt) == spelt
    assert reference.understood(f" {spelt.lower().replace('-', ' ')} ") == spelt
    assert reference.understood(spelt.replace("0", "O").replace("1", "l")) == spelt


def test_two_numbers_are_two_references() -> None:
    assert len({reference.spell(number << 40 | 7) for number in range(2000)}) == 2000


@pytest.mark.parametrize("typed", ["", "K7TM", "K7TM-2Q9X-4BDU", "a" * 10_000, "\ud800" * 12, "é"])
def test_anything_else_is_none(typed: str) -> None:
    assert reference.understood(typed) is None
