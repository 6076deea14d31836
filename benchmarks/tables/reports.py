"""Reports among many mentions, against one scan of the raw columns in numpy; what keeping the
columns costs against storing the rows; claims at a door that answers a report, against the same
door without one; and the board's page as PDF.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from threading import Event, Thread
from typing import Any

import httpx
import numpy as np
from django.db import connection

from benchmarks import made_up
from benchmarks.seed import seed
from benchmarks.serving import door, signed_in
from benchmarks.table import Rows, row
from rejoinder.listening.hear import frames
from rejoinder.listening.intake import triage, understand
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.reporting.explore.asking import Asked
from rejoinder.reporting.explore.tables import answer
from rejoinder.reporting.rollup.counting import keep

MANY = int(os.environ.get("REJOINDER_BENCH_MENTIONS", "10000000"))
STORED = int(os.environ.get("REJOINDER_BENCH_STORED", "40000"))
TIMES = 7
ROUNDS, CLAIMS = 5, 40
REPORT, BOARD = "/reports/explore?period=90d&by=need", "/reports/board.pdf"
DAYS = 90  # over which the mentions are spread


def run() -> Rows:
    seed(MANY)
    _spread()
    _keep_all()
    scan = _raw_scan()
    cuts = [
        ("last 60 minutes", Asked("60m"), 0.1),
        ("last 24 hours", Asked("24h"), 1.0),
        ("28 days by need", Asked("28d", by="need"), 20.0),
        ("90 days of one need", Asked("90d", where={"need": "1"}), 20.0),
        ("90 days by channel", Asked("90d", by="channel"), 20.0),
        ("90 days of one area by need", Asked("90d", where={"area": "0"}, by="need"), 20.0),
    ]
    told = [_compared(name, asked, scan, most) for name, asked, most in cuts]
    return [*told, *_at_the_door(), _keeping()]


def _spread() -> None:
    """What was heard and read, evenly over the days."""
    at = {
        "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', %s, '-' || "
        "CAST((%s - id) * %s AS INTEGER) || ' seconds')",
        "postgresql": "%s::timestamptz - (%s - id) * %s * interval '1 second'",
    }[connection.vendor]
    now = clock.now().strftime("%Y-%m-%d %H:%M:%S")
    now += "+00" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM listening_mention")
        last = cursor.fetchone()[0]
        values = (now, last, DAYS * 86_400 / last)
        cursor.execute(
            f"UPDATE listening_mention SET created_at = {at}, need = id %% 6, "
            "intent = CASE id %% 3 WHEN 0 THEN 'outage' WHEN 1 THEN 'billing' ELSE '' END",
            values,
        )


def _keep_all() -> None:
    while not keep(most=500):
        pass


def _raw_scan() -> float:
    """Seconds of one: how many mentions of each need are in a time, from columns in memory."""
    at = np.arange(MANY, dtype=np.int64)
    need = (np.arange(MANY) % 6).astype(np.int8)

    def scan() -> Any:
        inside = (at >= MANY // 4) & (at < MANY - 10)
        return np.bincount(need[inside], minlength=6)

    return _seconds(scan)


def _compared(name: str, asked: Asked, scan: float, at_most: float) -> dict[str, Any]:
    answer(asked)
    taken = _seconds(lambda: answer(asked))
    detail = f"{taken * 1e3:.1f} ms against {scan * 1e3:.1f} ms for {MANY:,}"
    return row(f"{name} ÷ raw scan", taken / scan, at_most=at_most, detail=detail)


def _keeping() -> dict[str, Any]:
    """Storing posts, and counting them for reports after each batch."""
    log, now = open_log(), clock.now()
    for start in range(0, STORED, 4000):
        posts = list(made_up.posts(4000, now - timedelta(days=1) + timedelta(seconds=start)))
        log.append(frames.pack(f"pretend{start}", None, now, posts))
    understand.ready()
    storing = keeping = 0.0
    while True:
        started = time.perf_counter()
        taken = triage.run_once(log)
        stored = time.perf_counter()
        if not taken:
            break
        keep()
        storing += stored - started
        keeping += time.perf_counter() - stored
    detail = f"{keeping:.2f} s against {storing:.2f} s for {STORED:,} posts"
    return row("keeping columns ÷ storing rows", keeping / storing, at_most=0.1, detail=detail)


def _at_the_door() -> Rows:
    """Over a socket: rounds of claims, with and without a report beside them in turn."""
    cookie = signed_in()
    with door() as (port, _), _client(port, cookie) as http, _client(port, cookie) as director:
        http.headers["X-CSRFToken"] = _token(http)
        _claims(http)
        director.get(BOARD)  # what prints is loaded with the first
        alone: list[float] = []
        busy: list[float] = []
        for _ in range(ROUNDS):
            alone += _claims(http)
            with _asking(director):
                busy += _claims(http)
        printing = _seconds(lambda: director.get(BOARD).raise_for_status())
    ratio = median(busy) / median(alone)
    detail = f"p50 {median(busy) * 1e3:.1f} ms against {median(alone) * 1e3:.1f} ms"
    return [
        row("claim while a report runs ÷ alone", ratio, at_most=1.5, detail=detail),
        row("the board's PDF, seconds", printing, at_most=5),
    ]


def _client(port: int, cookie: str) -> httpx.Client:
    address = f"http://127.0.0.1:{port}"
    return httpx.Client(
        base_url=address, cookies={"sessionid": cookie}, timeout=60, trust_env=False
    )


def _token(http: httpx.Client) -> str:
    http.get("/me").raise_for_status()
    return http.cookies["csrftoken"]


def _claims(http: httpx.Client) -> list[float]:
    taken = []
    for _ in range(CLAIMS):
        time.sleep(0.01)
        started = time.perf_counter()
        answered = http.post("/take-next")
        taken.append(time.perf_counter() - started)
        if answered.status_code != 302:
            raise RuntimeError(f"take-next: {answered.status_code}")
    return taken


@contextmanager
def _asking(director: httpx.Client) -> Iterator[None]:
    """One report after the other, until the end of the block."""
    end = Event()

    def ask() -> None:
        while not end.is_set():
            director.get(REPORT).raise_for_status()

    thread = Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def _seconds(what: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        what()
        taken.append(time.perf_counter() - started)
    return median(taken)
