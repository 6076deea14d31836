"""The whole intake, from frames on the log to rows that can be searched, against bare COPY.

Rounds take turns; the median of their ratios counts, so that a busy moment falls on one round.
Posts are kept once without understanding them (decode, dedupe, thread, count, search, store) and
once with all that is found in a text on the way.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from itertools import islice
from unittest.mock import patch

from benchmarks import baseline, made_up
from benchmarks.baseline import Bare
from benchmarks.table import Rows, compared
from benchmarks.tables.store import COLUMNS
from rejoinder.channels.contract import Post
from rejoinder.listening.hear import frames
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import Log, open_log

ROUNDS, PLAIN, UNDERSTOOD = 8, 20_000, 4_000
Rate = tuple[float, float]


def run() -> Rows:
    """Rounds of filling the log, emptying it, and the same rows into the bare table."""
    log = open_log()
    posts = made_up.posts(ROUNDS * (PLAIN + UNDERSTOOD), clock.now() - timedelta(hours=3))
    plain: list[Rate] = []
    whole: list[Rate] = []
    with baseline.bare() as copy:
        for _ in range(ROUNDS):
            plain.append(_round(log, copy, list(islice(posts, PLAIN)), _not_understood))
            whole.append(_round(log, copy, list(islice(posts, UNDERSTOOD)), nullcontext))
    return [
        compared("intake without understanding ÷ bare COPY", plain, at_least=0.35),
        compared("whole intake ÷ bare COPY", whole, at_least=0.15),
    ]


def _not_understood() -> AbstractContextManager[object]:
    return patch.object(triage, "understand")


def _round(
    log: Log, copy: Bare, posts: Sequence[Post], how: Callable[[], AbstractContextManager[object]]
) -> Rate:
    before = Mention.objects.count()
    log.append(frames.pack("pretend", None, clock.now(), posts))
    with how():
        ours = _empty(log, len(posts))
    assert Mention.objects.count() == before + len(posts)
    newest = Mention.objects.order_by("-id").values_list(*COLUMNS)[: len(posts)]
    return ours, copy.copy(list(reversed(newest)))


def _empty(log: Log, many: int) -> float:
    """Posts a second, from the log to rows that can be searched."""
    started = time.perf_counter()
    while triage.run_once(log):
        pass
    return many / (time.perf_counter() - started)
