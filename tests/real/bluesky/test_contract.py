"""The contract that every channel keeps, kept by Bluesky against its real servers."""

import pytest
from atproto import Client

from rejoinder.plumbing.http import Network
from tests.contract.test_changing import (  # noqa: F401  # none of those that edit: nobody can
    test_a_change_in_doubt_is_made_again,
    test_a_change_waits_for_a_limit_and_for_the_way_out_too,
    test_a_reply_is_taken_back_and_no_other,
    test_another_hand_that_takes_our_words_back_is_heard,
    test_what_is_gone_already_is_what_was_wanted,
    test_who_cannot_change_or_take_back_says_so,
)
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
    whole: network.Bluesky, http: Network, desk: Desk, people: dict[str, Client]
) -> RealStage:
    return RealStage(http, whole.pds, desk.who, people)
