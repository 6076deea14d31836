"""What a process of triage remembers begins anew with each test."""

import pytest

from rejoinder.listening import copied
from rejoinder.listening.intake import understand


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Posts of another test are nobody's originals here."""
    copied._copies.cache_clear()
    understand._crowd.cache_clear()
