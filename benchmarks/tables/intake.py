"""The whole intake, from frames on the log to rows that can be searched, against bare COPY.

Rounds take turns; the median of their ratios counts, so that a busy moment falls on one round.
"""

import time
from datetime import timedelta
from itertools import islice

from benchmarks import baseline, made_up
from benchmarks.table import Rows, compared
from benchmarks.tables.store import COLUMNS
from rejoinder.listening import frames, intake
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import Log, open_log

ROUNDS, POSTS = 8, 20_000


def run() -> Rows:
    """Rounds of filling the log, emptying it, and the same rows into the bare table."""
    log = open_log()
    rates: list[tuple[float, float]] = []
    heard_at = clock.now()
    posts = made_up.posts(ROUNDS * POSTS, heard_at - timedelta(hours=3))
    with baseline.bare() as copy:
        for done in range(ROUNDS):
            log.append(frames.pack("pretend", None, heard_at, list(islice(posts, POSTS))))
            ours = _empty(log)
            assert Mention.objects.count() == (done + 1) * POSTS
            newest = Mention.objects.order_by("-id").values_list(*COLUMNS)[:POSTS]
            rates.append((ours, copy.copy([_plain(values) for values in reversed(newest)])))
    return [compared("whole intake ÷ bare COPY", rates, at_least=0.35)]


def _empty(log: Log) -> float:
    """Posts a second, from the log to rows that can be searched."""
    started = time.perf_counter()
    while intake.run_once(log):
        pass
    return POSTS / (time.perf_counter() - started)


def _plain(values: tuple[object, ...]) -> tuple[object, ...]:
    return tuple("[]" if value == [] else "{}" if value == {} else value for value in values)
