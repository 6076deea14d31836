"""The shipped model on posts it never saw, without a bar: it learned from our own posts alone."""

import csv
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

from benchmarks import outside
from benchmarks.pure.read import speed
from benchmarks.table import Rows, row
from rejoinder.listening.read import Reading, careful, fast
from rejoinder.listening.read.words import SENTIMENTS
from training.posts import held_back
from training.public import public

MANY = 1_500  # posts of each file, drawn evenly
POSTS = 2_000  # in a round of speed
BINS = 10  # of confidence, for the calibration error


def run() -> Rows:
    texts = [post["text"] for post in _csv("uk_mobile.csv")]
    rounds = [texts[at : at + POSTS] for at in range(0, len(texts), POSTS)]
    return [
        *speed(rounds, "uk_mobile.csv"),
        *_scores(),
    ]


def _scores() -> Rows:
    return [
        line
        for name, tier in (("careful", careful), ("fast", fast))
        for line in (*_sentiments(name, tier), *_labelled(name, tier))
    ]


def _sentiments(name: str, tier: Callable[[Sequence[str]], list[Reading]]) -> Rows:
    rows = []
    for file, column in (("airline.csv", "airline_sentiment"), ("uk_mobile.csv", "sentiment")):
        posts = [post for post in _csv(file) if post[column]]
        posts = posts[:: max(len(posts) // MANY, 1)]
        truth = [_sentiment(post[column]) for post in posts]
        said = [reading.sentiment for reading in tier([post["text"] for post in posts])]
        detail = f"accuracy {accuracy_score(truth, said):.3f}, {len(posts):,} posts"
        f1 = f1_score(truth, said, average="macro")
        rows.append(row(f"sentiment F1, {file} ({name})", f1, detail=detail))
    return rows


def _labelled(name: str, tier: Callable[[Sequence[str]], list[Reading]]) -> Rows:
    rows = []
    for where, posts in (("held back", held_back()), ("public", public(outside.folder()))):
        readings = tier([post.text for post in posts])
        for field in ("need", "intent", "sentiment"):
            right = [
                getattr(post, field) == getattr(reading, field)
                for post, reading in zip(posts, readings, strict=True)
            ]
            sure = [getattr(reading.confidence, field) for reading in readings]
            error = calibration_error(np.array(sure), np.array(right))
            detail = f"calibration error {error:.3f}, {len(posts):,} posts"
            rows.append(row(f"{field}, {where} ({name})", float(np.mean(right)), detail=detail))
    return rows


def calibration_error(
    sure: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    right: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
) -> float:
    """The expected calibration error over bins of equal width (Naeini et al., 2015)."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    found = [bins == at for at in range(BINS)]
    return float(
        sum(abs(sure[of].mean() - right[of].mean()) * of.mean() for of in found if of.any())
    )


def _csv(file: str) -> list[dict[str, str]]:
    with (outside.folder() / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _sentiment(said: str) -> str:
    return SENTIMENTS[int(said)] if said.isdigit() else said
