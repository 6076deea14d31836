"""How friendly the words of a post are, by a list of words that people graded.

VADER (Hutto and Gilbert, 2014): 7,500 words and emoji with the mean grade of ten people, and rules
for negation, emphasis and "but". Alone it is a poor judge of posts to a care desk; beside what a
learner sees it says much where few posts of a label were seen.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.embedding.embed import spoken

WIDTH = 4
SCALE = 0.3  # a ridge binds features of this size little, and they do not drown the others


def tones(texts: Sequence[str]) -> NDArray[np.float32]:
    """For each text, (n, 4): the sum of grades, the share of friendly and of unfriendly words,
    and the sum where it is friendly; all at most SCALE in size."""
    graded = [_grader().polarity_scores(spoken(text)) for text in texts]
    rows = [(g["compound"], g["pos"], g["neg"], max(g["compound"], 0)) for g in graded]
    return np.array(rows, np.float32).reshape(-1, WIDTH) * np.float32(SCALE)


@cache
def _grader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
