"""The pretend network, running for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.channels.pretend.stage import PretendStage, Server, far_end


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with far_end() as running:
        yield running


@pytest.fixture
def brand(server: Server) -> Iterator[PretendStage]:
    """A brand of this test's own; the faults of a test end with it."""
    stage = server.stage()
    yield stage
    stage.orders(clear=True)
