"""What came of a day that a policy played: every decision, every post, every answer. Pure."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

Done = Literal["answer", "point", "publish", "repeat", "hold", "close"]
PostKind = Literal["reply", "pointer", "repeat", "update", "other"]

# How somebody got an answer.
NOBODY, REPLY, POINTER, PUBLIC, NOT_ASKED = range(5)


class Decision(NamedTuple):
    """At a moment: what was done about a mention (-1: about a question), why, on which account.

    `allowance` is the channel whose account's room was taken or is lacking; -1: none.
    """

    at: float
    mention: int
    do: Done
    reason: str
    allowance: int
    question: int = -1


class Post(NamedTuple):
    """An attempt to post: reply, pointer, repeat, update, or one by another client (mention -1).

    `cost` is what it takes of a limit, `price` money.
    """

    at: float
    account: int
    mention: int
    kind: PostKind
    cost: int
    price: float
    accepted: bool
    question: int = -1


class Played(NamedTuple):
    """The record of a run.

    `full` are, by channel, moments at which its account had nothing left while somebody waited for
    it, each with the limit that had least.
    `answered_at` (inf: never) and `by` are over the mentions, `published_at` over the questions.
    """

    decisions: list[Decision]
    posts: list[Post]
    answered_at: Floats
    by: Ints
    published_at: Floats
    full: list[list[tuple[float, str]]]
