"""What is sealed opens with the same key for the same use, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing import secrets


@given(st.dictionaries(st.text(), st.text()), st.text())
def test_what_was_sealed_comes_back(values: dict[str, str], label: str) -> None:
    assert secrets.unseal(secrets.seal(values, label), label) == values


def test_it_opens_for_its_own_use_only() -> None:
    sealed = secrets.seal({"password": "made-up"}, "account 1")
    assert b"made-up" not in sealed
    with pytest.raises(secrets.CannotUnsealError, match="master key is another one"):
        secrets.unseal(sealed, "account 2")
