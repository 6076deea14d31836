"""When many posts of one text look like a wave of spam. Pure.

People copy one another for good reasons: an outage, a petition, a friend's advice. So nothing is
put away by itself. What is proposed comes from many accounts that were never heard before, and
sends everybody who reads it to one place that is not ours.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from rejoinder.desk.guard.links import is_ours

AUTHORS = 10
STRANGERS = 0.8  # of the authors: nothing else was ever heard of them
SENT = 0.9  # of the posts: they send readers to the same place


@dataclass(frozen=True, slots=True)
class Wave:
    """What is known of posts of one text. `hosts` are those that each post links to."""

    authors: int
    strangers: int
    hosts: tuple[frozenset[str], ...]


def place(wave: Wave, ours: Collection[str]) -> str:
    """The host to which nearly all of them send people; empty where there is none but ours."""
    counted = Counter(host for each in wave.hosts for host in each)
    return next(
        (
            host
            for host, many in counted.most_common()
            if many >= SENT * len(wave.hosts) and not is_ours(host, ours)
        ),
        "",
    )


def looks_like_spam(wave: Wave, ours: Collection[str]) -> bool:
    """Whether to propose it; a person decides."""
    strangers = wave.strangers >= STRANGERS * wave.authors
    return wave.authors >= AUTHORS and strangers and place(wave, ours) != ""
