"""Long posts made of several: a day's talk with a danger in the middle, and talk without any."""

import random
from collections.abc import Sequence

import msgspec

from rejoinder.listening.read.words import NEEDS
from training.posts import Post

SEED = 1
CALM, RAMBLING = 1.0, 0.7  # composed posts for each that is not urgent, and for each that is


class Composed(msgspec.Struct):
    """A post made of others, and which they were."""

    post: Post
    parts: tuple[int, ...]


def composed(posts: Sequence[Post]) -> list[Composed]:
    """The same ones for the same posts. One is as needy as the neediest of its parts."""
    draw = random.Random(SEED)
    by_lang: dict[str, list[int]] = {}
    for at, post in enumerate(posts):
        if post.need != "urgent":
            by_lang.setdefault(post.lang, []).append(at)
    made = []
    for at, post in enumerate(posts):
        if draw.random() < (RAMBLING if post.need == "urgent" else CALM):
            others = draw.choices(by_lang[post.lang], k=draw.choice((1, 1, 2, 3)))
            made.append(_joined(posts, draw.sample([at, *others], k=len(others) + 1)))
    return made


def _joined(posts: Sequence[Post], parts: Sequence[int]) -> Composed:
    some = [posts[at] for at in parts]
    neediest = min(some, key=lambda post: NEEDS.index(post.need))
    whole = msgspec.structs.replace(
        neediest,
        text=" ".join(post.text.rstrip(".") + "." for post in some),
        abuse=any(post.abuse for post in some),
        strong=any(post.strong for post in some),
        sarcasm=any(post.sarcasm for post in some),
    )
    return Composed(whole, tuple(parts))
