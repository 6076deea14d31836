"""Two real servers for the tests of this folder, started once."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from rejoinder.plumbing.http import Network
from tests.real.mastodon.servers import Fediverse, fediverse


@pytest.fixture(scope="session")
def servers() -> Iterator[Fediverse]:
    with fediverse() as running:
        yield running


@pytest.fixture(scope="session")
def http(servers: Fediverse) -> Iterator[Network]:
    with closing(Network({servers.brand.name, servers.customer.name})) as opened:
        yield opened
