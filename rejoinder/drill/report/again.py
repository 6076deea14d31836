"""A rehearsed day read again from what `--json` wrote. Pure."""

import msgspec

from rejoinder.drill.result import Result
from rejoinder.drill.world import DAY_S
from rejoinder.drill.worlds import WorldError, check


class UnreadableError(ValueError):
    """What was read is no rehearsed day; the message is one sentence."""


def again(text: bytes) -> Result:
    """A rehearsed day. Raises UnreadableError with a sentence."""
    try:
        run = msgspec.json.decode(text, type=Result)
        check(run.world)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, WorldError) as error:
        words = f"This is no rehearsed day: {error}"
        raise UnreadableError(words if words.endswith(".") else f"{words}.") from None
    if not _coherent(run):
        raise UnreadableError("This is no rehearsed day: it speaks of what is not in it.")
    return run


def _coherent(run: Result) -> bool:
    """Whether everything that is named is there."""
    count, places = len(run.arrivals), set(run.world.places())
    mentioned = {post.mention for post in run.posts} | {one.mention for one in run.decisions}
    accounts = {post.account for post in run.posts} | {limit.account for limit in run.limits}
    return (
        [one.id for one in run.arrivals] == list(range(count))
        and all(0 <= one.at < DAY_S for one in run.arrivals)
        and {one.channel for one in run.arrivals} | accounts <= places
        and mentioned <= {None, *range(count)}
        and all(post.cost >= 0 for post in run.posts)
    )
