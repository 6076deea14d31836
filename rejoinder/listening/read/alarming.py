"""Which posts a glance looks at twice: those with a word that mostly stands beside danger."""

from functools import cache
from importlib import resources

import numpy as np

from rejoinder.listening.read import tokens


def alarming(posts: tokens.Posts, numbers: tokens.Numbers) -> tokens.Posts:
    """The posts, in order, that have such a word; from the words of a batch."""
    known = _numbers()
    place = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return np.unique(posts[known[place] == numbers])


@cache
def _numbers() -> tokens.Numbers:
    file = resources.files(__package__) / "cues" / "alarming.txt"
    words = file.read_text(encoding="utf-8").split()
    return np.sort(tokens.words([word.encode() for word in words])[1])
