"""Keeps the parts of a desk running as child processes: starts, restarts, ends them together."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_LOG = logging.getLogger(__name__)

GLANCE = 0.2  # seconds between two looks at the children
LONGEST_PAUSE = 30.0  # seconds before a part that keeps ending is started again
STEADY = 60.0  # seconds a part has to run before its earlier ends are forgotten
PATIENCE = 10.0  # seconds a part has to end by itself

_PARENT = "REJOINDER_PARENT"


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ends: int = 0
    again_at: float = field(default=0.0)


class Children:
    """The parts, by name. `watch` returns when `stop` was called or a signal asked for the end."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment) | {_PARENT: str(os.getpid())}
        self._children: list[_Child] = []
        self._stop = threading.Event()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one part; it is started again whenever it ends."""
        child = _Child(name, command)
        self._children.append(child)
        self._run(child)

    def stop_on_signals(self) -> None:
        """Ctrl-C and a polite kill end all parts, then this process."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())

    def stop(self) -> None:
        """Let `watch` return."""
        self._stop.set()

    def watch(self) -> None:
        """Keep all parts running until stopped; then end them."""
        try:
            while not self._stop.wait(GLANCE):
                self.look()
        finally:
            self._end()

    def look(self) -> None:
        """Notice parts that ended and start those whose pause is over."""
        now = time.monotonic()
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                self._ended(child, child.process.returncode, now)
            if child.process is None and now >= child.again_at:
                self._run(child)

    def pids(self) -> dict[str, int]:
        """The running parts."""
        return {c.name: c.process.pid for c in self._children if c.process is not None}

    def _run(self, child: _Child) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which ends the parts in order.
        child.process = subprocess.Popen(  # noqa: S603  # our own commands
            child.command, env=self._environment, start_new_session=True
        )
        child.started = time.monotonic()

    def _ended(self, child: _Child, code: int, now: float) -> None:
        child.ends = 1 if now - child.started > STEADY else child.ends + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (child.ends - 1) - 1)
        _LOG.warning("%s ended with %s; starting it again in %.0f s.", child.name, code, pause)
        child.process, child.again_at = None, now + pause

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def command(*words: str) -> list[str]:
    """The command line of one part of this same installation."""
    return [sys.executable, "-m", "rejoinder.cli", *words]


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however that came about."""
    parent = int(os.environ.get(_PARENT, "0"))
    if parent:
        threading.Thread(target=_follow, args=(parent,), daemon=True, name="parent").start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)
