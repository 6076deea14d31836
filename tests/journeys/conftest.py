"""A real Bluesky with people on it."""

from collections.abc import Iterator

import pytest

from tests.real import network


@pytest.fixture(scope="session")
def bluesky() -> Iterator[network.Bluesky]:
    with network.bluesky("whole") as started:
        yield started
