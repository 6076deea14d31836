"""Near-duplicates against datasketch (MinHash of 128 permutations, LSH), and against exact pairs.

Half the posts are copies, cut-off retweets or changed by a few words; the rest are new. Both begin
with the texts, take three words side by side, and have the same threshold; datasketch's words are
cut by one plain pattern and its proposals are not verified. Short rounds take turns; the best of
each counts, in CPU time. The exact answer compares every post with every original.
"""

import random
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from datasketch import MinHash, MinHashLSH

from benchmarks.table import Rows, row
from rejoinder.listening.copies.find import Copies
from rejoinder.listening.copies.overlap import ALIKE
from tests.listening.copies.naive import copies

ROUNDS, POSTS, BEFORE = 5, 1_000, 2_500
SOUNDS = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in "bdgklmnprst"]

_WORD = re.compile(rb"[a-z]+")


def run() -> Rows:
    draw = random.Random(5)
    texts = _posts(draw, BEFORE + ROUNDS * POSTS)
    rounds = [texts[at : at + POSTS] for at in range(BEFORE, len(texts), POSTS)]
    finder, lsh = Copies[int](), MinHashLSH(threshold=ALIKE, num_perm=128)
    answers = finder.find(range(BEFORE), texts[:BEFORE], [0.0] * BEFORE)
    _sketched(lsh, texts[:BEFORE], 0)
    ours = theirs = 0.0
    for number, posts in enumerate(rounds):
        at = BEFORE + number * POSTS
        keys, times = range(at, at + POSTS), [0.0] * POSTS
        ours = max(ours, _rate(partial(finder.find, keys, posts, times)))
        theirs = max(theirs, _rate(partial(_sketched, lsh, posts, at)))
    exact = copies(texts[:BEFORE])
    right = sum(a is not None and b for a, b in zip(answers, exact, strict=True))
    said_so = sum(answer is not None for answer in answers)
    rates = f"{ours:,.0f} against {theirs:,.0f} posts per CPU-second"
    found = f"{right} of {sum(exact)} copies found, {said_so - right} false"
    return [
        row("near-duplicates ÷ datasketch", ours / theirs, at_least=8.0, detail=rates),
        row(
            "near-duplicates: recall, exact pairs", right / sum(exact), at_least=0.99, detail=found
        ),
    ]


def _sketched(lsh: Any, texts: Sequence[str], first: int) -> list[list[int]]:
    found = []
    for key, sketch in enumerate(MinHash.bulk(list(map(_shingles, texts)), num_perm=128), first):
        found.append(lsh.query(sketch))
        if not found[-1]:
            lsh.insert(key, sketch)
    return found


def _shingles(text: str) -> set[bytes]:
    words = _WORD.findall(text.lower().removeprefix("rt @tom: ").encode())
    return {b" ".join(words[at : at + 3]) for at in range(len(words) - 2)}


def _rate(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return POSTS / (time.process_time() - started)


def _posts(draw: random.Random, many: int) -> list[str]:
    words = ["".join(draw.choices(SOUNDS, k=draw.choice((1, 1, 2)))) for _ in range(5_000)]
    weights = [1 / rank for rank in range(3, len(words) + 3)]
    posts: list[str] = []
    for _ in range(many):
        if len(posts) > 10 and draw.random() < 0.5:
            posts.append(_changed(draw, posts[-draw.randint(1, min(len(posts), 3_000))], words))
        else:
            length = draw.randint(3, 40)
            posts.append("@brand " + " ".join(draw.choices(words, weights, k=length)))
    return posts


def _changed(draw: random.Random, post: str, words: Sequence[str]) -> str:
    parts = post.rstrip("…").split()
    for _ in range(draw.choice((0, 0, 0, 1, 1, 2, 4))):
        parts[draw.randrange(len(parts))] = draw.choice(words)
    changed = " ".join(parts)
    if draw.random() < 0.3 and len(changed) > 120:
        changed = f"{changed[:118]}…"
    return changed if changed.startswith("RT") or draw.random() < 0.4 else f"RT @tom: {changed}"
