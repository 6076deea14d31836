"""Posts whose questions are known: vectors around centres, texts of made-up words."""

from typing import NamedTuple

import numpy as np

from rejoinder.listening.alike.alike import Alike, Match
from rejoinder.listening.alike.arrays import Floats

DIMENSIONS = 32


class Posts(NamedTuple):
    """Some posts in the order of time, and what each really asks."""

    ids: list[str]
    vectors: Floats
    texts: list[str]
    questions: list[str]


def posts(questions: int, each: int, seed: int = 0, spread: float = 0.5) -> Posts:
    """`each` posts of every question, in a random order."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(questions, DIMENSIONS))
    asked = random.permutation(np.repeat(np.arange(questions), each))
    vectors = centres[asked] + spread * random.normal(size=(len(asked), DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"about thing{q} and word{random.integers(50)}" for q in asked]
    ids = [f"{seed}-{n}" for n in range(len(asked))]
    return Posts(ids, vectors.astype(np.float32), texts, [f"q{q}" for q in asked])


def heard(alike: Alike, some: Posts, first: int = 0, end: int | None = None) -> list[Match]:
    """A range of the posts, each from somebody else."""
    at = slice(first, end)
    ids = some.ids[at]
    return alike.take(ids, [None] * len(ids), some.vectors[at], some.texts[at])


def taught(alike: Alike, some: Posts, first: int = 0, end: int | None = None) -> None:
    """Hear posts one by one; an advisor labels every other."""
    for n in range(first, len(some.ids) if end is None else end):
        heard(alike, some, n, n + 1)
        if n % 2 == 0:
            alike.label(some.ids[n], some.questions[n])
