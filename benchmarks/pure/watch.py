"""Watches over batches of posts, against a bare `re2.Set`, many more words, and the obvious way.

The posts are made up: words of a large vocabulary drawn as words are in any language (Zipf), in
every second post an emoji, an accent or a curly apostrophe. Short rounds take turns, each on posts
that nobody saw before; the best of each counts, in CPU time.
"""

import random
import time
from collections.abc import Callable, Sequence
from itertools import accumulate

import re2

from benchmarks.table import Rows, row
from rejoinder.listening.watch.match import Watches
from rejoinder.listening.watch.parse import parse
from tests.listening.watch.naive import Post, catches, seen

ROUNDS, POSTS, SLOW_POSTS = 8, 4_000, 40
VOCABULARY, COMMON, LENGTH = 200_000, 1_000, 22
BEGINNINGS = (
    "b",
    "br",
    "ch",
    "d",
    "f",
    "fl",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "pl",
    "r",
    "s",
    "st",
    "t",
)
MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "oa", "oo", "ou")
ENDS = ("b", "ck", "d", "ft", "g", "l", "m", "n", "nd", "p", "r", "rt", "s", "t")
FOREIGN = (" 😡", " 🤦🏽‍♀️", "’s", " café", " — no")

Hits = list[tuple[int, ...]]


def run() -> Rows:
    draw = random.Random(7)
    vocabulary = _vocabulary(draw)
    rounds = [_posts(draw, vocabulary, POSTS) for _ in range(ROUNDS)]
    return [
        _against_re2(draw, vocabulary, rounds),
        _against_more(draw, vocabulary, rounds),
        _against_naive(draw, vocabulary, rounds),
    ]


def _against_re2(
    draw: random.Random, words: Sequence[str], rounds: Sequence[list[Post]]
) -> dict[str, object]:
    asked = [" ".join(draw.sample(words[:20_000], 1 + (n % 5 == 0))) for n in range(1000)]
    watches = Watches([(n, parse(f'"{each}"')) for n, each in enumerate(asked)])
    bare = re2.Set.SearchSet()
    for each in asked:
        bare.Add(rf"(?i)\b{each}\b")
    bare.Compile()
    ours, theirs = _in_turns(rounds, watches.caught, lambda posts: _matched(bare, posts))
    return row(
        "1,000 watches ÷ bare re2.Set", ours / theirs, at_least=0.5, detail=_rates(ours, theirs)
    )


def _against_more(
    draw: random.Random, words: Sequence[str], rounds: Sequence[list[Post]]
) -> dict[str, object]:
    rare = words[COMMON:]  # as names and products are
    few = Watches([(n, parse(word)) for n, word in enumerate(draw.sample(rare, 1000))])
    many = Watches([(n, parse(word)) for n, word in enumerate(draw.sample(rare, 100_000))])
    more, fewer = _in_turns(rounds, many.caught, few.caught, same=False)
    return row(
        "cost of 100,000 words ÷ of 1,000", fewer / more, at_most=5.0, detail=_rates(more, fewer)
    )


def _against_naive(
    draw: random.Random, words: Sequence[str], rounds: Sequence[list[Post]]
) -> dict[str, object]:
    asked = [parse(_boolean(draw, words)) for _ in range(300)]
    watches = Watches(list(enumerate(asked)))

    def obvious(posts: Sequence[Post]) -> Hits:
        known = list(map(seen, posts))
        return [tuple(n for n, each in enumerate(asked) if catches(each, one)) for one in known]

    few = [posts[:SLOW_POSTS] for posts in rounds]
    ours, theirs = _in_turns(few, watches.caught, obvious)
    return row(
        "boolean watches ÷ one by one", ours / theirs, at_least=5.0, detail=_rates(ours, theirs)
    )


def _boolean(draw: random.Random, words: Sequence[str]) -> str:
    a, b = draw.sample(words[:200], 2)
    c, d, e = draw.sample(words[:5_000], 3)
    forms = (
        f"{a} AND ({c} OR {b}) AND NOT {d}",
        f'"{a} {b}" OR {c} NEAR/5 {a}',
        f"({c} OR {d}) -{a}",
    )
    return draw.choice((*forms, f"{c[:4]}* {b} lang:en", f"{a} NEAR/3 ({b} OR {e}) -from:@brand"))


def _in_turns(
    rounds: Sequence[list[Post]],
    one: Callable[[Sequence[Post]], Hits],
    other: Callable[[Sequence[Post]], Hits],
    *,
    same: bool = True,
) -> tuple[float, float]:
    """The best rates of both in posts a CPU-second; they must catch the same."""
    best = [0.0, 0.0]
    for posts in rounds:
        found = []
        for which, work in enumerate((one, other)):
            started = time.process_time()
            found.append(work(posts))
            best[which] = max(best[which], len(posts) / (time.process_time() - started))
        assert any(found[0])
        assert not same or found[0] == found[1]
    return best[0], best[1]


def _matched(bare: re2.Set, posts: Sequence[Post]) -> Hits:
    return [tuple(sorted(bare.Match(post.text) or ())) for post in posts]


def _vocabulary(draw: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        many = draw.choice((1, 2, 2, 3))
        parts = [
            draw.choice(BEGINNINGS) + draw.choice(MIDDLES) + draw.choice(ENDS) for _ in range(many)
        ]
        found["".join(parts)] = None
    return list(found)


def _posts(draw: random.Random, words: Sequence[str], many: int) -> list[Post]:
    weights = list(accumulate(1 / rank for rank in range(3, len(words) + 3)))
    return [
        Post(
            _text(draw.choices(words, cum_weights=weights, k=LENGTH), draw, n % 2 == 0),
            "@tom",
            "en",
        )
        for n in range(many)
    ]


def _text(words: list[str], draw: random.Random, foreign: bool) -> str:
    words[0] = words[0].capitalize()
    words[1] = f"@{words[1]}"
    words[-1] += draw.choice((".", "!", "?", "", "..."))
    if foreign:
        words[draw.randrange(len(words) - 1)] += draw.choice(FOREIGN)
    return " ".join(words)


def _rates(ours: float, other: float) -> str:
    return f"{ours:,.0f} against {other:,.0f} posts per CPU-second"
