"""The contract that every channel keeps, kept by Bluesky against its real servers."""

import pytest
from atproto import Client

from rejoinder.plumbing.http import Network
from tests.contract.test_contract import *  # noqa: F403  # the cases are the same
from tests.contract.test_films import *  # noqa: F403
from tests.contract.test_pictures import *  # noqa: F403
from tests.contract.test_publishing import *  # noqa: F403
from tests.real import network
from tests.real.bluesky.conftest import Desk
from tests.real.bluesky.stage import RealStage

pytestmark = pytest.mark.real


@pytest.fixture
def stage(
    whole: network.Bluesky, http: Network, desk: Desk, tom: Client, tina: Client
) -> RealStage:
    return RealStage(http, whole.pds, desk.who, {"tom": tom, "tina": tina})
