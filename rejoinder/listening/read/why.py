"""Why a post was read as it was: the cues in it, or the words that learned posts share with it."""

import numpy as np
from numpy.typing import NDArray

from rejoinder.listening.read import heads
from rejoinder.listening.read.decide import ABUSE, COMMON, NONE, SPECIFIC, URGENT, VENT
from rejoinder.listening.read.grade import CONCEPTS, GRADES
from rejoinder.listening.read.scan import Found
from rejoinder.listening.read.words import Because

REASONS = 3  # at most
CITED = 60  # characters of a post, at most
LIKE = (Because("like"),)
_MANNER = {  # which cues say why, besides danger
    URGENT: ("again", "hurry"),
    SPECIFIC: ("again", "hurry", "own", "failing", "asks"),
    COMMON: ("again", "failing", "asks"),
    VENT: ("again", "leaving", "failing"),
    ABUSE: ("insult",),
    NONE: ("figure", "thanks"),
}


def why(
    found: Found, post: int, graded: NDArray[np.bool_], need: int, *, abuse: bool, tell: bool
) -> tuple[Because, ...]:
    """The reasons for one post, the weightiest first; never none.

    With `tell` an urgent post without a cue cites the words that weighed most, which takes long.
    """
    danger = [GRADES[at] for at in np.flatnonzero(graded)] if need == URGENT else []
    reasons = [_because(found, post, name) for name in danger]
    if tell and need == URGENT and not danger and (words := _telling(found.text(post))):
        reasons.append(Because("like-urgent", words))
    if abuse and need != ABUSE:
        reasons.append(Because("insult-asks"))
    manner = [name for name in _MANNER[need] if _has(found, post, name)]
    reasons += [_because(found, post, name) for name in manner]
    return tuple(reasons[:REASONS]) or LIKE


def _has(found: Found, post: int, name: str) -> bool:
    return bool(found[CONCEPTS.get(name, name)][post])


def _because(found: Found, post: int, name: str) -> Because:
    if name == "figure":
        return Because(name)
    words = found.words(post, CONCEPTS.get(name, name))
    return Because(name, words if len(words) <= CITED else f"{words[: CITED - 1]}…")


def _telling(text: bytes) -> str:
    """The words of an urgent post that weigh most, in their order."""
    vocabulary, _, closely = heads.loaded()
    words = list(dict.fromkeys(text.split()))
    weights = closely.weights(vocabulary.counted(words), heads.spans()["urgent"].start)
    best = sorted(np.argsort(-weights)[:3])
    return " … ".join(words[at].decode("utf-8", "replace") for at in best if weights[at] > 0)
