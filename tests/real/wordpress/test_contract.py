"""The contract that every channel keeps, kept by WordPress on a real site."""

import pytest

from rejoinder.plumbing.http import Network
from tests.contract.test_changing import *  # noqa: F403
from tests.contract.test_contract import *  # noqa: F403  # the cases are the same
from tests.contract.test_hiding import *  # noqa: F403
from tests.contract.test_publishing import *  # noqa: F403
from tests.real.wordpress.server import WordPress
from tests.real.wordpress.stage import RealStage

pytestmark = pytest.mark.real


@pytest.fixture
def stage(site: WordPress, http: Network) -> RealStage:
    return RealStage(site, http)
