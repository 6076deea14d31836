"""The contract that every channel keeps, kept between two real servers.

Those on which only real servers can be believed; all of them are kept on a simulated Mastodon.
"""

import pytest

from rejoinder.plumbing.http import Network
from tests.contract.test_contract import (
    test_a_lost_answer_is_uncertain_and_found_again,
    test_a_mention_is_heard_with_all_that_matters,
    test_a_reply_is_sent_once_and_stands_in_its_thread,
    test_nothing_is_lost_and_nothing_comes_twice,
)
from tests.contract.test_films import test_a_film_leaves_with_its_words
from tests.contract.test_pictures import (
    test_it_leaves_with_its_words,
    test_several_leave_in_their_order,
)
from tests.contract.test_private import (
    test_a_private_answer_in_doubt_is_found_again,
    test_it_is_answered_for_their_eyes_alone,
)
from tests.real.mastodon.servers import Fediverse
from tests.real.mastodon.stage import RealStage

pytestmark = pytest.mark.real

__all__ = [
    "test_a_film_leaves_with_its_words",
    "test_a_lost_answer_is_uncertain_and_found_again",
    "test_a_mention_is_heard_with_all_that_matters",
    "test_a_private_answer_in_doubt_is_found_again",
    "test_a_reply_is_sent_once_and_stands_in_its_thread",
    "test_it_is_answered_for_their_eyes_alone",
    "test_it_leaves_with_its_words",
    "test_nothing_is_lost_and_nothing_comes_twice",
    "test_several_leave_in_their_order",
]


@pytest.fixture
def stage(servers: Fediverse, http: Network) -> RealStage:
    return RealStage(servers, http)
