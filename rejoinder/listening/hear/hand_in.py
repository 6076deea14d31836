"""Posts that come to the desk itself: durable before anybody is thanked for them."""

from collections.abc import Sequence
from functools import cache

from rejoinder.channels.contract import Post
from rejoinder.channels.models import Account
from rejoinder.listening.hear.frames import pack
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import Log, open_log


@cache
def log() -> Log:
    """The intake log, opened once in a process. Raises LogError."""
    return open_log()


def hand_in(account: Account, posts: Sequence[Post]) -> None:
    """They are on the intake log when this returns. Raises LogError; then none is."""
    log().append(pack(account.channel, account.pk, clock.now(), posts))
