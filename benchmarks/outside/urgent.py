"""Urgent posts: how many are found, and how many that are called urgent are.

On posts that the shipped model never saw: those held back, written apart from what it learned
from, and public posts labelled by hand. The thresholds were chosen on the half of the public
posts whose key has an even CRC-32; the public rows here are the other half. This was run on the
held-back posts more than once while thresholds were chosen: only fresh posts are a fair judge.
Those of `fresh_life_safety.jsonl` were written before what they judge and are counted apart.
"""

import zlib
from collections.abc import Callable, Sequence

from benchmarks import outside
from benchmarks.table import Rows, row
from rejoinder.listening.read import Reading, careful, fast
from training.posts import Post, fresh, held_back
from training.public import public

RELATIVES = "family"  # how the ids of errands for a relative, and what sounds like them, begin
LIFE = "life"  # how the ids of held-back posts about danger to life begin
ORDINARY = {"careful": 0.05, "fast": 0.08}  # of ordinary public posts that may be called urgent


def run() -> Rows:
    written = held_back()
    unseen = [post for post in public(outside.folder()) if zlib.crc32(post.id.encode()) % 2]
    return [
        *_of("careful", careful, written, unseen, barred=True),
        *_of("fast", fast, written, unseen, barred=False),
        _below("careful", careful),
        _below("fast", fast),
        *_relatives("careful", careful),
        *_relatives("fast", fast),
        *_cards("careful", careful),
        *_cards("fast", fast),
    ]


def _of(
    name: str,
    tier: Callable[[Sequence[str]], list[Reading]],
    written: Sequence[Post],
    unseen: Sequence[Post],
    *,
    barred: bool,
) -> Rows:
    posts = [*written, *unseen]
    said = [reading.need for reading in tier([post.text for post in posts])]
    urgent = [need == "urgent" for need in said]
    life = [u for u, post in zip(urgent, posts, strict=True) if _life(post)]
    hidden = [n == "abuse" for n, post in zip(said, posts, strict=True) if post.need == "urgent"]
    apart = len(written)
    return [
        _found(f"urgent, recall ({name})", urgent, posts, 0.95 if barred else None),
        _right(f"urgent, precision ({name})", urgent, posts, 0.5 if barred else None),
        _found(f"urgent, recall, public posts alone ({name})", urgent[apart:], unseen, None),
        _right(f"urgent, precision, public posts alone ({name})", urgent[apart:], unseen, None),
        _ordinary(name, urgent[apart:], unseen),
        row(
            f"urgent read as abuse only ({name})",
            sum(hidden),
            at_most=0 if barred else None,
            detail=f"of {len(hidden)} urgent posts",
        ),
        row(
            f"danger to life below urgent ({name})",
            len(life) - sum(life),
            at_most=0 if barred else None,
            detail=f"of {len(life)} held-back posts in many voices",
        ),
    ]


def _relatives(name: str, tier: Callable[[Sequence[str]], list[Reading]]) -> Rows:
    """Errands for a relative and people whom one controls, which sound alike."""
    posts = [post for post in held_back() if post.id.startswith(RELATIVES)]
    said = tier([post.text for post in posts])
    both = list(zip(said, posts, strict=True))
    errands = [reading for reading, post in both if post.need != "urgent"]
    people = [reading for reading, post in both if post.need == "urgent"]
    called = sum(reading.need == "urgent" for reading in errands)
    cards = sum(reading.safety is not None for reading in errands)
    missed = sum(reading.need != "urgent" for reading in people)
    of = f"of {len(errands)} for a relative"
    return [
        row(f"errands called urgent ({name})", called, detail=of),
        row(f"errands that open a card ({name})", cards, detail=of),
        row(
            f"controlled or hurt, and missed ({name})",
            missed,
            at_most=0 if name == "careful" else None,
            detail=f"of {len(people)} people",
        ),
    ]


def _cards(name: str, tier: Callable[[Sequence[str]], list[Reading]]) -> Rows:
    posts = held_back()
    opened = [reading.safety is not None for reading in tier([post.text for post in posts])]
    there = [post.safety is not None for post in posts]
    right = sum(o and t for o, t in zip(opened, there, strict=True))
    detail = f"{right} of {sum(there)}; opened for {sum(opened) - right} others of {len(posts)}"
    return [row(f"dangers that open a card ({name})", right / sum(there), detail=detail)]


def _ordinary(name: str, urgent: Sequence[bool], unseen: Sequence[Post]) -> dict[str, object]:
    called = [u for u, post in zip(urgent, unseen, strict=True) if post.need != "urgent"]
    return row(
        f"ordinary public posts called urgent ({name})",
        sum(called) / max(len(called), 1),
        at_most=ORDINARY[name],
        detail=f"{sum(called)} of {len(called)}",
    )


def _below(name: str, tier: Callable[[Sequence[str]], list[Reading]]) -> dict[str, object]:
    below = [reading.need != "urgent" for reading in tier([post.text for post in fresh()])]
    detail = f"of {len(below)} posts written before what they judge"
    return row(f"fresh danger to life below urgent ({name})", sum(below), detail=detail)


def _life(post: Post) -> bool:
    return post.id.startswith(LIFE) and post.need == "urgent"


def _found(
    what: str, urgent: Sequence[bool], posts: Sequence[Post], bar: float | None
) -> dict[str, object]:
    of = [u for u, post in zip(urgent, posts, strict=True) if post.need == "urgent"]
    detail = f"{sum(of)} of {len(of)} urgent among {len(posts):,} posts"
    return row(what, sum(of) / max(len(of), 1), at_least=bar, detail=detail)


def _right(
    what: str, urgent: Sequence[bool], posts: Sequence[Post], bar: float | None
) -> dict[str, object]:
    right = [post.need == "urgent" for u, post in zip(urgent, posts, strict=True) if u]
    detail = f"{sum(right)} of {len(right)} that were called urgent"
    return row(what, sum(right) / max(len(right), 1), at_least=bar, detail=detail)
