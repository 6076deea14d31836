"""What likeness costs a post beside its embedding: time and memory, with everything full."""

import time
import tracemalloc

import numpy as np

from benchmarks.table import Rows, row
from rejoinder.listening.alike.alike import Alike
from rejoinder.listening.alike.arrays import Floats

DIMENSIONS, QUESTIONS, POSTS, BATCH, ROUNDS = 512, 150, 24_000, 64, 400


def run() -> Rows:
    vectors, asked = _posts()
    texts = [f"thing{q} is broken again, who can help with it today" for q in asked]
    tracemalloc.start()
    alike = Alike(DIMENSIONS)
    for at in range(0, POSTS, BATCH):
        _take(alike, vectors, texts, at, BATCH)
        for n in range(at, min(at + BATCH, POSTS), 8):
            alike.label(str(n), f"q{asked[n]}")
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    alone = _seconds(alike, vectors, texts, 1)
    together = _seconds(alike, vectors, texts, BATCH)
    detail = f"{QUESTIONS} questions, {alike.clusters.size} micro-clusters"
    return [
        row("alike, ms a post one by one", 1e3 * alone, at_most=1, detail=detail),
        row("alike, ms a post in batches", 1e3 * together, at_most=1, detail=detail),
        row("alike, MB held", held / 1e6, at_most=250, detail=f"after {POSTS:,} posts"),
    ]


def _posts() -> tuple[Floats, list[int]]:
    """Vectors around centres, half of them around none."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(QUESTIONS, DIMENSIONS))
    asked = random.integers(QUESTIONS, size=POSTS)
    vectors = centres[asked] * (random.uniform(size=POSTS) < 0.5)[:, None]
    vectors += 0.6 * random.normal(size=vectors.shape)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), asked.tolist()


def _take(alike: Alike, vectors: Floats, texts: list[str], at: int, many: int) -> None:
    some = slice(at, at + many)
    ids = [str(n) for n in range(at, at + len(texts[some]))]
    alike.take(ids, [None] * len(ids), vectors[some], texts[some])


def _seconds(alike: Alike, vectors: Floats, texts: list[str], many: int) -> float:
    """Of processor time for one post, the median of many rounds."""
    times = []
    for n in range(ROUNDS):
        started = time.process_time()
        _take(alike, vectors, texts, n * many % (POSTS - many), many)
        times.append((time.process_time() - started) / many)
    return float(np.median(times))
