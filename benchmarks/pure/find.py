"""Personal data: against a bare re2.Set with the same patterns, and against searches with `re`."""

import math
import random
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import re2

from benchmarks import made_up, spellings
from benchmarks.table import Rows, row
from rejoinder.privacy.find import PATTERNS, Finder, Span
from rejoinder.privacy.find.fold import Folded

POSTS, SLOW, ROUNDS = 20_000, 400, 7
SHARE = 0.012  # of posts with personal data: in four sets of real posts 0.1 to 1.4 in a hundred
LIKE = 0.02  # of posts that look as if: in those sets 1 to 5 in a hundred pass the gate for nothing


def run() -> Rows:
    texts = posts(POSTS)
    finder, bare = Finder(), _bare()
    ours = theirs = math.inf
    for _ in range(ROUNDS):  # in turns: the machine has other work too
        ours = min(ours, _seconds(lambda: finder.find(texts)))
        theirs = min(theirs, _seconds(lambda: [bare.Match(text) for text in texts]))
    few = texts[:SLOW]
    plain = _seconds(lambda: _searched(finder, few))
    assert _searched(finder, few) == finder.find(few)
    return [
        row(
            "finding ÷ bare re2.Set",
            theirs / ours,
            at_least=0.4,
            detail=f"{POSTS / ours:,.0f} against {POSTS / theirs:,.0f} posts/s",
        ),
        row(
            "finding ÷ the searches with re",
            plain / SLOW / (ours / POSTS),
            at_least=10,
            detail=f"{POSTS / ours:,.0f} against {SLOW / plain:,.0f} posts/s, same spans",
        ),
        *_quality(finder),
    ]


def posts(many: int) -> list[str]:
    """A day's posts: most have nothing, some look as if, few have personal data."""
    draw = random.Random(5)
    ordinary = [post.text for post in made_up.posts(many, datetime(2026, 3, 2, tzinfo=UTC))]
    private = [one.text for one in spellings.examples(int(many * SHARE), seed=5)]
    alike = [one.text for one in spellings.others(int(many * LIKE), seed=5)]
    mixed = private + alike + ordinary[: many - len(private) - len(alike)]
    draw.shuffle(mixed)
    return mixed


def _bare() -> re2.Set:
    options = re2.Options()
    options.max_mem = 1 << 26
    bare = re2.Set.SearchSet(options)
    for pattern in PATTERNS:
        bare.Add(pattern)
    bare.Compile()
    return bare


def _searched(finder: Finder, texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """What a first version would do: each pattern by itself with `re`, and the same close look."""
    found = []
    for text in texts:
        folded = Folded([text]).text(0)
        hits = [pattern for pattern in _PLAIN if pattern.search(folded)]
        found.append(finder._closely(folded) if hits else ())
    return found


def _plain(pattern: str) -> re.Pattern[str]:
    """The same for `re`, which takes (?i) for a whole only at its beginning."""
    return re.compile(("(?i)" if "(?i)" in pattern else "") + pattern.replace("(?i)", ""))


_PLAIN = [_plain(pattern) for pattern in PATTERNS]


def _seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    started = time.process_time()
    work()
    return time.process_time() - started


def _quality(finder: Finder) -> Rows:
    """Recall of each kind over its spellings, and precision among what looks like it."""
    private, alike = (
        list(spellings.examples(12_000, seed=11)),
        list(spellings.others(4_000, seed=11)),
    )
    spans = finder.find([one.text for one in private])
    others = sum(map(bool, finder.find([one.text for one in alike])))
    rows = []
    right = extra = 0
    for kind in spellings.SPELLINGS:
        hits = [
            any(
                span.kind == kind and span.start < one.end and span.end > one.start for span in here
            )
            for one, here in zip(private, spans, strict=True)
            if one.kind == kind
        ]
        right += sum(hits)
        detail = f"{sum(hits):,} of {len(hits):,} in {len(spellings.SPELLINGS[kind])} spellings"
        rows.append(row(f"recall of {kind}", sum(hits) / len(hits), at_least=0.98, detail=detail))
    extra = sum(map(len, spans)) - right + others
    detail = f"{extra} wrong beside {right:,} right, {len(alike):,} texts that look as if"
    precision = right / (right + extra)
    return [*rows, row("precision", precision, at_least=0.97, detail=detail)]
