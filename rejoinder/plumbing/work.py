"""Jobs that come round by themselves: each in its time, one that fails never stopping the rest."""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rejoinder.plumbing import clock, tracing

_LOG = logging.getLogger(__name__)

GLANCE = 0.5  # seconds between two looks at what is due
LONGEST_WAIT = 300.0  # seconds until a job that keeps failing is tried again


@dataclass
class Job:
    """Something to do every so many seconds. What it returns, when not 0, is logged as `done`."""

    name: str
    every: float
    run: Callable[[], int]
    due: float = field(default=0.0)
    failures: int = field(default=0)


def run(jobs: Sequence[Job], stop: threading.Event) -> None:
    """Do what is due, in turn, until stopped."""
    while not stop.is_set():
        run_once(jobs, clock.running())
        stop.wait(GLANCE)


def run_once(jobs: Sequence[Job], now: float) -> None:
    """Do each job that is due at `now` (seconds of any clock that only goes forward)."""
    for job in jobs:
        if job.due <= now:
            _do(job, now)


def _do(job: Job, now: float) -> None:
    try:
        with tracing.span(job.name):
            done = job.run()
    except Exception:  # noqa: BLE001  # a job that fails moves ahead in time; the others go on
        job.failures += 1
        wait = min(job.every * 2.0 ** min(job.failures, 20), LONGEST_WAIT)
        _LOG.exception("%s failed; trying again in %.0f s.", job.name, wait)
        job.due = now + wait
        return
    job.failures, job.due = 0, now + job.every
    if done:
        _LOG.info("%s: %d.", job.name, done)


def stop_on_signals() -> threading.Event:
    """An event that a polite kill or Ctrl-C sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
