"""Claiming the next conversation and reading a page of the inbox, among few and among very many."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection, connections

from benchmarks import made_up
from benchmarks.seed import seed
from benchmarks.table import Rows, row
from rejoinder.desk import actions, queue
from rejoinder.listening.hear import frames
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.team.models import Advisor
from tests.databases import empty_database

FEW, MANY = 10_000, int(os.environ.get("REJOINDER_BENCH_OPEN", "5000000"))
CLAIMS, PAGES, PROCESSES, EACH = 400, 100, 8, 100
POSTS = 200_000
WARM = 10

Times = list[float]


def run() -> Rows:
    """Few and many are asked in turn, so that what else the machine does falls on both."""
    few = _Few()
    seed(MANY)
    advisor = _alice()
    many = _measures(advisor)
    at_most = 1.5 if connection.vendor == "postgresql" else 1.4
    sizes = f"{MANY:,} open ÷ {FEW:,}"
    rows = [
        _compared(f"claim next, {sizes}", *_in_turn("claim", CLAIMS, many, few), at_most),
        _compared(f"first page, {sizes}", *_in_turn("page", PAGES, many, few), 1.2),
        _compared(f"page half way down, {sizes}", *_in_turn("middle", PAGES, many, few), 1.2),
    ]
    few.end()
    return [*rows, _double_claims(), _under_ingest(advisor)]


class _Few:
    """The same desk with few open conversations: tables and a process of its own."""

    def __init__(self) -> None:
        connections.close_all()
        fork = get_context("fork")
        self._asks, theirs = fork.Pipe()
        self._process = fork.Process(target=_answer, args=(theirs,))
        self._process.start()

    def measure(self, name: str) -> float:
        """Seconds of one."""
        self._asks.send(name)
        return float(self._asks.recv())

    def end(self) -> None:
        self._asks.send("")
        self._process.join()


def _answer(asked: Connection) -> None:
    os.environ["REJOINDER_DATABASE_URL"] = address = empty_database()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = urlsplit(address).path[1:] if address else f"{name}-few"
    call_command("migrate", verbosity=0)
    seed(FEW)
    measures = _measures(_alice())
    while wanted := asked.recv():
        asked.send(_seconds(measures[wanted]))


def _alice() -> Advisor:
    return Advisor.objects.create_user("alice@example.com", name="Alice")


def _measures(advisor: Advisor) -> dict[str, Callable[[], object]]:
    """What is timed; "middle" is the page where the third of the four needs begins."""
    third = Conversation.objects.filter(need=2, waiting_since__isnull=False)
    key = queue.key_after("queue", third.order_by("waiting_since", "id")[0])
    return {
        "claim": lambda: actions.take_next(advisor),
        "page": lambda: queue.page(advisor, "queue"),
        "middle": lambda: queue.page(advisor, "queue", key),
    }


def _in_turn(
    name: str, times: int, many: dict[str, Callable[[], object]], few: _Few
) -> tuple[Times, Times]:
    pairs = [(_seconds(many[name]), few.measure(name)) for _ in range(times + WARM)][WARM:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


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
    while triage.run_once(log):
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
