"""Claiming the next conversation and reading a page of the inbox, among few and among very many."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median, quantiles
from typing import Any

from django.db import connection, connections

from benchmarks import made_up
from benchmarks.seed import seed
from benchmarks.table import Rows, row
from rejoinder.desk import actions, queue
from rejoinder.listening import frames, intake
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.team.models import Advisor

FEW, MANY = 10_000, int(os.environ.get("REJOINDER_BENCH_OPEN", "5000000"))
CLAIMS, PAGES, PROCESSES, EACH = 400, 100, 8, 100
POSTS = 200_000

Times = list[float]


def run() -> Rows:
    advisor = Advisor.objects.create_user("alice@example.com", name="Alice")
    seed(FEW)
    few = _measured(advisor)
    seed(MANY - FEW)
    many = _measured(advisor)
    at_most = 1.5 if connection.vendor == "postgresql" else 1.4
    return [
        _compared(f"claim next, {MANY:,} open ÷ {FEW:,}", many[0], few[0], at_most),
        _compared("first page of the inbox, same sizes", many[1], few[1], 1.2),
        _compared("page at the middle of the inbox", many[2], few[2], 1.2),
        _double_claims(),
        _under_ingest(advisor),
    ]


def _measured(advisor: Advisor) -> tuple[Times, Times, Times]:
    """Seconds of claims, of first pages, of pages half way down."""
    key = _key_of_the_middle()
    return (
        _timed(lambda: actions.take_next(advisor), CLAIMS),
        _timed(lambda: queue.page(advisor, "queue"), PAGES),
        _timed(lambda: queue.page(advisor, "queue", key), PAGES),
    )


def _key_of_the_middle() -> str:
    """Where the third of the four needs begins."""
    rows = Conversation.objects.filter(need=2, waiting_since__isnull=False)
    return queue.key_after("queue", rows.order_by("waiting_since", "id")[0])


def _timed(what: Callable[[], object], times: int) -> Times:
    for _ in range(10):
        what()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        what()
        taken.append(time.perf_counter() - started)
    return taken


def _compared(what: str, many: Times, few: Times, at_most: float) -> dict[str, Any]:
    slow, fast = median(many), median(few)
    detail = f"p50 {slow * 1e3:.2f} ms against {fast * 1e3:.2f} ms"
    return row(what, slow / fast, at_most=at_most, detail=detail)


def _double_claims() -> dict[str, Any]:
    """Processes that claim at once; how often one was given what another had."""
    connections.close_all()
    fork = get_context("fork")
    pipes = [fork.Pipe(duplex=False) for _ in range(PROCESSES)]
    children = [fork.Process(target=_claim, args=(i, pipes[i][1])) for i in range(PROCESSES)]
    for child in children:
        child.start()
    claimed = [number for reads, _ in pipes for number in reads.recv()]
    for child in children:
        child.join()
    assert len(claimed) == PROCESSES * EACH
    doubles = len(claimed) - len(set(claimed))
    detail = f"{len(claimed)} claims by {PROCESSES} processes"
    return row("double claims", doubles, at_most=0, detail=detail)


def _claim(number: int, answer: Connection) -> None:
    advisor = Advisor.objects.create_user(f"p{number}@example.com", name=f"P{number}")
    taken = [actions.take_next(advisor) for _ in range(EACH)]
    answer.send([conversation.pk for conversation in taken if conversation])


def _under_ingest(advisor: Advisor) -> dict[str, Any]:
    """The slowest of a hundred claims while triage stores what it can, against an idle desk."""
    idle = _p99([_pause_and_claim(advisor) for _ in range(CLAIMS)])
    log = open_log()
    heard_at = clock.now()
    posts = list(made_up.posts(POSTS, heard_at - timedelta(milliseconds=50 * POSTS)))
    log.append(frames.pack("pretend", None, heard_at, posts))
    connections.close_all()
    triage = get_context("fork").Process(target=_triage)
    triage.start()
    busy = _p99(_claims_while(triage.is_alive, advisor))
    triage.join()
    detail = f"{busy * 1e3:.1f} ms against {idle * 1e3:.1f} ms"
    return row("claim p99 under full ingest ÷ idle", busy / idle, at_most=3, detail=detail)


def _triage() -> None:
    log = open_log()
    while intake.run_once(log):
        pass


def _claims_while(going: Callable[[], bool], advisor: Advisor) -> Times:
    taken = []
    while going():
        taken.append(_pause_and_claim(advisor))
    return taken


def _pause_and_claim(advisor: Advisor) -> float:
    time.sleep(0.005)
    started = time.perf_counter()
    actions.take_next(advisor)
    return time.perf_counter() - started


def _p99(times: Times) -> float:
    return quantiles(times, n=100)[98]
