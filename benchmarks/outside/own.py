"""Readings learned from labels, on posts of a brand, or of a part, that was never seen.

Airline and mobile posts: each brand in turn is left out, learned from the others, and read; all
that was read is scored together. The other sets come with two parts, or are divided in five.
Nothing here was chosen on what is reported, save that the method as a whole was.
"""

import csv
import json
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from benchmarks.outside import folder
from benchmarks.table import Rows, row
from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.learn.field import Posts, seen, settle, teach
from rejoinder.listening.learn.folds import folds
from rejoinder.listening.learn.measure import measure, shown

Indices = NDArray[np.intp]
Doubles = NDArray[np.float64]


class Set(NamedTuple):
    """Texts, the label of each, and the part each is in; every part named in out is left out."""

    texts: list[str]
    labels: list[str]
    parts: list[str]
    out: list[str]


class Read(NamedTuple):
    """What was read of posts left out; `strange` are confidences on posts of no label at all."""

    names: list[str]
    true: Indices
    read: Indices
    sure: Doubles
    seconds: float
    strange: Doubles


def run() -> Rows:
    """Each set, its scores and what was taken for what."""
    rows: Rows = []
    for name, given, f1, accuracy in _sets():
        found = _read(given)
        scores = measure(found.names, found.true, found.read, found.sure)
        took = f"{found.seconds:.0f} s of one core"
        if f1:
            rows.append(row(f"{name}: macro-F1", scores.macro_f1, at_least=f1, detail=took))
        line = row(f"{name}: accuracy", scores.accuracy, at_least=accuracy or None)
        rows.append(line | ({} if f1 else {"detail": took}))
        rows.append(row(f"{name}: calibration", scores.calibration_error, at_most=0.05))
        if len(found.names) < 10:
            print(f"{name}\n{shown(scores)}\n", flush=True)
    return [*rows, *_strange()]


def _strange() -> Rows:
    """CLINC150: how confidence parts questions of the 150 intents from those of none."""
    given = json.loads((folder() / "clinc150.json").read_text())
    pairs = [*given["train"], *given["val"]]
    parts = ["train"] * len(given["train"]) + ["val"] * len(given["val"])
    none = [text for part in ("oos_train", "oos_val") for text, _ in given[part]]
    found = _read(Set([t for t, _ in pairs], [i for _, i in pairs], parts, ["val"]), none)
    scores = measure(found.names, found.true, found.read, found.sure)
    inside = np.concatenate([np.ones(len(found.sure)), np.zeros(len(none))])
    area = roc_auc_score(inside, np.concatenate([found.sure, found.strange]))
    took = f"{found.seconds:.0f} s of one core"
    return [
        row("clinc150: accuracy", scores.accuracy, at_least=0.96, detail=took),
        row("clinc150: out of scope, AUROC", float(area), at_least=0.96),
        row("clinc150: calibration", scores.calibration_error, at_most=0.05),
    ]


def _sets() -> Iterator[tuple[str, Set, float, float]]:
    """Name, set, and what is asked of macro-F1 and of accuracy (0: nothing)."""
    yield "airline sentiment", _table("airline.csv", "airline_sentiment", "airline"), 0.75, 0
    yield "mobile subject", _table("uk_mobile.csv", "subject", "account"), 0.68, 0
    yield "mobile sentiment", _table("uk_mobile.csv", "sentiment", "account"), 0.72, 0
    yield "emotion", _tweets("emotion"), 0.71, 0
    yield "offensive", _tweets("offensive"), 0.76, 0
    yield "banking77", _banking(), 0, 0.935


def _table(file: str, label: str, part: str) -> Set:
    rows = [line for line in _csv(folder() / file) if line[label]]
    parts = [line[part] for line in rows]
    return Set([line["text"] for line in rows], [line[label] for line in rows], parts, _all(parts))


def _tweets(name: str) -> Set:
    texts: list[str] = []
    labels: list[str] = []
    parts: list[str] = []
    for part in ("train", "val"):
        base = folder() / "tweeteval" / name
        some = (base / f"{part}_labels.txt").read_text().split()
        texts += (base / f"{part}_text.txt").read_text().split("\n")[: len(some)]
        labels += some
        parts += [part] * len(some)
    return Set(texts, labels, parts, ["val"])


def _banking() -> Set:
    rows = _csv(folder() / "banking77_train.csv")
    texts, labels = [line["text"] for line in rows], [line["category"] for line in rows]
    parts = [str(fold) for fold in folds(texts, np.unique(labels, return_inverse=True)[1])]
    return Set(texts, labels, parts, ["0"])


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _all(parts: Sequence[str]) -> list[str]:
    return sorted(set(parts))


def _read(given: Set, none: Sequence[str] = ()) -> Read:
    """Learn from all but one part, read that part; so for each that is to be left out."""
    names, true = np.unique(given.labels, return_inverse=True)
    posts, parts = _posts(tuple(given.texts)), np.array(given.parts)
    read, sure = np.zeros(len(true), np.intp), np.zeros(len(true))
    far, began = np.empty(0), time.process_time()
    for part in given.out:
        rest, out = np.flatnonzero(parts != part), np.flatnonzero(parts == part)
        settled = settle(names.tolist(), posts[rest], true[rest], lambda said: None)
        field = teach(settled, posts[rest], true[rest])
        read[out], sure[out] = field.read(posts[out])
        if none:
            far = field.read(_posts(tuple(none)))[1]
    took = (time.process_time() - began) / len(given.out)
    left = np.isin(parts, given.out)
    return Read(names.tolist(), true[left], read[left], sure[left], took, far)


@cache
def _posts(texts: tuple[str, ...]) -> Posts:
    return seen(texts, embed(texts))
