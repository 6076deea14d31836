"""The browsers of the pages' tests, and programs."""

import pytest

from tests import people
from tests.api.program import Program
from tests.web.conftest import alice, bob, browse, dan, olga

__all__ = ["alice", "bob", "browse", "dan", "olga"]


@pytest.fixture
def program(db: None) -> Program:
    """Alice's program, with all her rights."""
    return Program(people.alice())
