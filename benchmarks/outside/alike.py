"""The same question on streams of Banking77 and CLINC150: what is covered, how often rightly.

Posts arrive in an order like a crisis: questions differ in how often they are asked and begin at
different times. An advisor labels half of the undecided posts and three in ten of the suggested.
Orders, and the question pairs of the change test, are not those that anything was tuned on.
"""

import csv
import json
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from benchmarks import outside
from benchmarks.table import Rows, row
from rejoinder.listening.alike.alike import Alike, Match
from rejoinder.listening.alike.arrays import Floats, Whole
from rejoinder.listening.alike.change import NEWEST, REFERENCE, Hearing
from rejoinder.listening.embedding.embed import embed

ORDERS = (0, 1, 2)
UNDECIDED, SUGGESTED = 0.5, 0.3  # shares that an advisor labels
ASKERS, WITHIN, UNCHANGED, PAIRS = 10, 20, 40, 20


class Asked(NamedTuple):
    """A data set: texts, their vectors, and what each asks."""

    texts: list[str]
    vectors: Floats
    questions: list[str]


class Day(NamedTuple):
    """One stream, heard: the order of posts, what was said of each, which were labelled."""

    order: Whole
    said: list[Match]
    labelled: int
    seconds: float
    alike: Alike


def run() -> Rows:
    rows: Rows = []
    for name, asked, covered in (("Banking77", _banking(), 0.6), ("CLINC150", _clinc(), 0.7)):
        days = [_day(asked, order) for order in ORDERS]
        rows += _held(name, asked, days, covered)
        rows += [_shown(name, asked), _changed(name, asked, days[0].alike)]
    return rows


def _banking() -> Asked:
    with (outside.folder() / "banking77_train.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return _asked([(row["text"], row["category"]) for row in found])


def _clinc() -> Asked:
    parts = json.loads((outside.folder() / "clinc150.json").read_text(encoding="utf-8"))
    return _asked([(text, question) for part in ("train", "val") for text, question in parts[part]])


def _asked(pairs: Sequence[tuple[str, str]]) -> Asked:
    texts = [text.strip() for text, _ in pairs]
    return Asked(texts, embed(texts), [question for _, question in pairs])


def _order(asked: Asked, seed: int) -> Whole:
    """Posts in the order of time: a question begins somewhere in the first part and dies away."""
    random = np.random.default_rng(seed)
    names = np.array(asked.questions)
    questions = np.unique(names)
    random.shuffle(questions)
    posts, times = [], []
    for rank, question in enumerate(questions):
        found = np.flatnonzero(names == question)
        random.shuffle(found)
        found = found[: max(3, int(len(found) * (1 + rank) ** -0.3))]
        posts.append(found)
        begins = random.uniform(0, 0.6)
        times.append(np.clip(begins + random.exponential(0.2, len(found)), 0, 1.5))
    order: Whole = np.concatenate(posts)[np.argsort(np.concatenate(times))]
    return order


def _day(asked: Asked, seed: int) -> Day:
    order = _order(asked, seed)
    random = np.random.default_rng(1000 + seed)
    alike = Alike(asked.vectors.shape[1])
    said, labelled = [], 0
    started = time.process_time()
    for n, post in enumerate(order.tolist()):
        match = _take(alike, asked, n, post)
        said.append(match)
        made = match.question is not None and not match.provisional
        if random.uniform() < (SUGGESTED if made else UNDECIDED):
            alike.label(str(n), asked.questions[post])
            labelled += 1
    return Day(order, said, labelled, time.process_time() - started, alike)


def _take(alike: Alike, asked: Asked, n: int, post: int) -> Match:
    return alike.take([str(n)], [None], asked.vectors[post : post + 1], [asked.texts[post]])[0]


def _held(name: str, asked: Asked, days: list[Day], covered: float) -> Rows:
    """Coverage, the precision of the worst order, and the time that a post took."""
    coverage, precision = zip(*(_reached(asked, day) for day in days), strict=True)
    labels = [day.labelled / len(day.order) for day in days]
    milliseconds = [1e3 * day.seconds / len(day.order) for day in days]
    posts = "/".join(str(len(day.order)) for day in days)
    label_rate = f"labels {_listed(labels)} of {posts} posts"
    return [
        row(f"{name}, coverage", min(coverage), at_least=covered, detail=_listed(coverage)),
        row(f"{name}, precision", min(precision), at_least=0.95, detail=_listed(precision)),
        row(f"{name}, labels for each post", float(np.mean(labels)), detail=label_rate),
        row(f"{name}, ms a post", max(milliseconds), at_most=1, detail="take and label"),
    ]


def _reached(asked: Asked, day: Day) -> tuple[float, float]:
    made = [
        match.question == asked.questions[post]
        for match, post in zip(day.said, day.order.tolist(), strict=True)
        if match.question is not None and not match.provisional
    ]
    return len(made) / len(day.order), sum(made) / max(len(made), 1)


def _listed(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)


def _shown(name: str, asked: Asked) -> dict[str, Any]:
    """Without one label: questions whose name was given to one of their first ten askers."""
    shares = []
    for seed in ORDERS:
        alike = Alike(asked.vectors.shape[1])
        askers: dict[str, int] = {}
        seen: set[str] = set()
        for n, post in enumerate(_order(asked, seed).tolist()):
            question = asked.questions[post]
            askers[question] = askers.get(question, 0) + 1
            if _take(alike, asked, n, post).provisional and askers[question] <= ASKERS:
                seen.add(question)
        enough = {question for question, number in askers.items() if number >= ASKERS}
        shares.append(len(seen & enough) / len(enough))
    what = f"{name}, questions shown within {ASKERS} askers"
    return row(what, min(shares), at_least=0.95, detail=f"no label given; {_listed(shares)}")


def _changed(name: str, asked: Asked, alike: Alike) -> dict[str, Any]:
    """The questions most easily confused: one becomes the other, or stays what it is."""
    random = np.random.default_rng(9)
    names = np.array(asked.questions)
    caught, false = [], []
    for one, other in _confusable(asked):
        before = random.permutation(np.flatnonzero(names == one))
        after = random.permutation(np.flatnonzero(names == other))[:WITHIN]
        if len(before) < REFERENCE + NEWEST + UNCHANGED:
            continue
        usual = before[: REFERENCE + NEWEST + UNCHANGED].tolist()
        changing = [*usual[: REFERENCE + NEWEST], *after.tolist()]
        caught.append(_told(asked, alike, changing) >= REFERENCE + NEWEST)
        false.append(_told(asked, alike, usual) >= 0)
    wrongly = f"{sum(false)} of {len(false)} unchanged ones told within {NEWEST + UNCHANGED} posts"
    what = f"{name}, changes caught within {WITHIN} posts"
    return row(what, float(np.mean(caught)), at_least=0.95, detail=wrongly)


def _told(asked: Asked, alike: Alike, posts: Sequence[int]) -> int:
    """The place of the first post at which a change is told; -1 when none is."""
    hearing = Hearing(asked.vectors.shape[1])
    telling, version = alike.questions.telling(), alike.questions.fitted_at
    for place, post in enumerate(posts):
        if hearing.hear(asked.vectors[post], asked.texts[post], telling, version):
            return place
    return -1


def _confusable(asked: Asked) -> list[tuple[str, str]]:
    names = np.array(asked.questions)
    questions = np.unique(names)
    centres = np.stack([asked.vectors[names == question].mean(axis=0) for question in questions])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    close = np.triu(centres @ centres.T, 1)
    highest = np.argsort(-close, axis=None)[:PAIRS]
    pairs = [divmod(int(at), len(questions)) for at in highest]
    both = [pair for a, b in pairs for pair in ((a, b), (b, a))]
    return [(str(questions[a]), str(questions[b])) for a, b in both]
