"""From the first mention of a new problem to its card on the page, at 2,000 mentions a minute.

Triage, the careful reader and the door are the desk's own processes; posts go onto the intake log a
third of a second's worth at a time, as a listener puts them there. After a quiet start one mention
in four is about something new, each in other words. Timed from the moment its first mention stands
on the log: until search finds one, and until the page of questions shows the card (which takes five
people who ask it).
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Event, Thread

import httpx
from msgspec.structs import replace

from benchmarks import made_up
from benchmarks.serving import door, signed_in
from benchmarks.table import Rows, row
from rejoinder.channels.contract import Post
from rejoinder.listening.hear import frames
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log

A_MINUTE = 2_000
ONCE = 11  # posts put on the log together
QUIET, LONGEST = 20.0, 90.0  # seconds before the problem; seconds after which we give up
SHARE = 4  # one in so many is about it
WHO = ("my sim card", "the new sim", "our esim", "mum's sim card", "the sim in my phone")
WHAT = ("is rejected", "gets rejected", "was rejected again", "says rejected", "shows as rejected")
WHEN = ("after the update", "since the update", "since tonight's update", "after that update")
ASKS = ("why?", "what now?", "how do I fix it?", "does anybody know why?", "please help")


def run() -> Rows:
    """One flood, timed twice."""
    cookie = signed_in()
    with door() as (port, _), _part("triage"), _part("work"), httpx.Client(trust_env=False) as http:
        http.cookies.set("sessionid", cookie)
        http.base_url = httpx.URL(f"http://127.0.0.1:{port}")
        _wait_until_read()
        flood = _Flood()
        with flood.coming():
            queue = _seen(http, "/search?words=rejected", flood)
            card = _seen(http, "/questions", flood)
    return [
        row("new problem: seconds until its first mention is found", queue, at_most=10),
        row("new problem: seconds until its card is on the page", card, at_most=10),
    ]


class _Flood:
    """Posts on the log at their pace; `began` is when the first of the problem stood there."""

    def __init__(self) -> None:
        self.began: float | None = None
        self._log, self._draw = open_log(), Random(5)
        self._posts = made_up.posts(10 * A_MINUTE, clock.now(), seed=5)
        self._number = 0

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Until the end of the block."""
        end = Event()
        thread = Thread(target=self._run, args=(end,))
        thread.start()
        try:
            yield
        finally:
            end.set()
            thread.join()

    def _run(self, end: Event) -> None:
        start = time.monotonic()
        while not end.is_set():
            due = (time.monotonic() - start) * A_MINUTE / 60
            if self._number + ONCE > due:
                end.wait(0.05)
                continue
            is_on = time.monotonic() - start > QUIET
            self._append([self._post(is_on=is_on) for _ in range(ONCE)])
            if is_on and self.began is None:
                self.began = time.monotonic()

    def _append(self, posts: list[Post]) -> None:
        self._log.append(frames.pack("pretend", None, clock.now(), posts))

    def _post(self, *, is_on: bool) -> Post:
        self._number += 1
        post = replace(next(self._posts), created_at=clock.now())
        if not is_on or self._number % SHARE:
            return post
        words = " ".join(self._draw.choice(part) for part in (WHO, WHAT, WHEN, ASKS))
        who = f"asks{self._number}"
        return replace(post, text=words, author_id=who, handle=who, in_reply_to=None)


def _seen(http: httpx.Client, address: str, flood: _Flood) -> float:
    """Seconds from the first mention until this page shows the problem; infinite: it does not."""
    while flood.began is None or time.monotonic() - flood.began < LONGEST:
        if flood.began is not None and "rejected" in _said(http.get(address).text):
            return time.monotonic() - flood.began
        time.sleep(0.2)
    return float("inf")


def _said(page: str) -> str:
    """What people said on a page: not the words that were searched for."""
    return page.partition("<ul class=")[2] if "<ul class=" in page else ""


def _wait_until_read() -> None:
    """The models are loaded: the first mention of all has been read with care."""
    log = open_log()
    log.append(
        frames.pack("pretend", None, clock.now(), list(made_up.posts(5, clock.now(), seed=9)))
    )
    until = time.monotonic() + LONGEST
    while not Mention.objects.filter(read_with__gte=2).exists() and time.monotonic() < until:
        time.sleep(0.5)


@contextmanager
def _part(name: str) -> Iterator[None]:
    """A part of the desk in a process of its own."""
    command = [sys.executable, "-m", "rejoinder.cli", name]
    with subprocess.Popen(command, env=dict(os.environ)) as process:
        try:
            yield
        finally:
            process.terminate()
