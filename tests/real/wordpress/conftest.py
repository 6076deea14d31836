"""A real WordPress for the tests of this folder, started once."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from rejoinder.plumbing.http import Network
from tests.real.wordpress.server import HOST, WordPress, wordpress


@pytest.fixture(scope="session")
def site() -> Iterator[WordPress]:
    with wordpress() as running:
        yield running


@pytest.fixture(scope="session")
def http() -> Iterator[Network]:
    with closing(Network({HOST})) as opened:
        yield opened
