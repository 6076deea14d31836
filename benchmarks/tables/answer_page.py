"""The public page of an answer: requests a second from one door, beside a bare static answer of
the same server, and while every thread for other pages is busy.

The client is a process of its own with a few open connections, as a proxy in front would have;
it and the door share the machine's cores. Times are of short rounds that take turns.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from benchmarks.serving import door, served
from benchmarks.table import Rows, compared, row
from rejoinder.answers import actions
from rejoinder.answers.words import Words
from rejoinder.team.models import Advisor, Organisation, Role
from tests.ports import free_port

ROUNDS = 7
SECONDS = 1.0  # a round
CONNECTIONS = 16
LEAST = 2_000  # requests a second
BUSY = 8  # clients that ask for other pages without a pause
PAGE = "/a/no-signal"

_BARE = """
import uvicorn, sys
BODY, PORT = open(sys.argv[1], "rb").read(), int(sys.argv[2])
HEADERS = [(b"content-type", b"text/html; charset=utf-8"), (b"content-encoding", b"gzip"),
           (b"content-length", str(len(BODY)).encode())]
async def bare(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
uvicorn.run(bare, port=PORT, http="httptools", ws="none", lifespan="off", access_log=False,
            log_config=None, server_header=False)
"""


def run() -> Rows:
    """Against a real door in a process of its own."""
    _publish()
    with door(PAGE) as (desk, _):
        body, bare = _fetched(desk), free_port()
        with served(_bare_command(body, bare), bare, PAGE):
            rates = [(_rate(desk), _rate(bare)) for _ in range(ROUNDS)]
        with _busy(desk) as pages:
            busy = [_rate(desk) for _ in range(ROUNDS)]
    free = median(ours for ours, _ in rates)
    detail = f"{len(body):,} bytes packed; {min(busy):,.0f} to {max(busy):,.0f} a second when busy"
    return [
        compared("answer page beside a bare static answer", rates, at_least=0.8),
        row("answer page: requests a second", free, at_least=LEAST, detail=detail),
        row(
            f"answer page while {BUSY} clients keep the other pages busy: requests a second",
            median(busy),
            detail=f"{pages():,.0f} other pages a second meanwhile",
        ),
    ]


def _publish() -> None:
    """An answer of the length that a day of trouble has."""
    Organisation.objects.create(name="Northwind Mobile")
    lead = Advisor.objects.create_user("dan@example.com", name="Dan", role=Role.LEAD)
    answer = actions.open_answer(lead, "No signal")
    section = "## What should I do?\nTurn your phone off and on once. Then wait, please.\n\n"
    for number in range(4):
        words = Words(title="No signal", text=section * 8, what_changed=f"Change {number}.")
        actions.publish(actions.write(answer, lead, words), lead)


def _rate(port: int) -> float:
    """Requests answered a second, asked by a process of its own."""
    values = [str(port), PAGE, str(SECONDS), str(CONNECTIONS)]
    command = [sys.executable, "-m", "benchmarks.asking", *values]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


@contextmanager
def _busy(port: int) -> Iterator["Pages"]:
    """Clients that ask for a page of the desk, each again as soon as it has it."""
    pages = Pages()
    threads = [threading.Thread(target=pages.ask, args=(port,)) for _ in range(BUSY)]
    for thread in threads:
        thread.start()
    try:
        yield pages
    finally:
        pages.stop.set()
        for thread in threads:
            thread.join()


class Pages:
    """How many other pages were served."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._count, self._began = 0, time.perf_counter()

    def ask(self, port: int) -> None:
        with httpx.Client(trust_env=False, timeout=60) as client:
            while not self.stop.is_set():
                client.get(f"http://127.0.0.1:{port}/accounts/login/")
                self._count += 1

    def __call__(self) -> float:
        return self._count / (time.perf_counter() - self._began)


def _bare_command(body: bytes, port: int) -> list[str]:
    file = Path(os.environ["REJOINDER_DATA"]) / "bare-body"
    file.write_bytes(body)
    return [sys.executable, "-c", _BARE, str(file), str(port)]


def _fetched(port: int) -> bytes:
    with httpx.Client(trust_env=False) as client:
        headers = {"Accept-Encoding": "gzip"}
        url = f"http://127.0.0.1:{port}{PAGE}"
        with client.stream("GET", url, headers=headers) as answer:
            assert answer.status_code == 200
            return b"".join(answer.iter_raw())
