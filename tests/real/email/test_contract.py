"""The contract that every channel keeps, kept by e-mail over a real mailbox."""

import pytest

from tests.contract.test_contract import *  # noqa: F403  # the cases are the same
from tests.real.email.server import Servers
from tests.real.email.stage import RealStage

pytestmark = pytest.mark.real


@pytest.fixture
def stage(running: Servers) -> RealStage:
    return RealStage(running)
