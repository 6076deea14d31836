"""The whole intake, from frames on the log to rows that can be searched, against bare COPY."""

import time
from datetime import timedelta

from benchmarks import baseline, made_up
from benchmarks.table import Rows, row
from rejoinder.listening import frames, intake
from rejoinder.listening.models import Mention
from rejoinder.listening.store import MENTION
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import Log, open_log

POSTS = 200_000


def run() -> Rows:
    """Fills the log first; the clock runs while triage empties it."""
    log = open_log()
    _fill(log, POSTS)
    started = time.perf_counter()
    while intake.run_once(log):
        pass
    rate = POSTS / (time.perf_counter() - started)
    assert Mention.objects.count() == POSTS
    rows = list(Mention.objects.order_by("id").values_list(*_columns()))
    bare = baseline.copy_rate([_plain(values) for values in rows])
    return [
        row(
            "whole intake ÷ bare COPY",
            rate / bare,
            at_least=0.35,
            detail=f"{rate:,.0f} against {bare:,.0f} posts/s",
        )
    ]


def _fill(log: Log, many: int) -> None:
    heard_at = clock.now()
    posts = list(made_up.posts(many, heard_at - timedelta(milliseconds=50 * many)))
    log.append(frames.pack("pretend", None, heard_at, posts))


def _columns() -> list[str]:
    return [name.strip() for name in MENTION.split(",")]


def _plain(values: tuple[object, ...]) -> tuple[object, ...]:
    return tuple("[]" if value == [] else "{}" if value == {} else value for value in values)
