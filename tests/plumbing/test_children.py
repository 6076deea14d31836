"""The parts of a desk: started again when they end, ended together, gone when the parent is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rejoinder.plumbing.children import Children

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def _until(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def _looked(parts: Children) -> dict[str, int]:
    parts.look()
    return parts.pids()


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


def test_a_part_that_was_killed_is_started_again() -> None:
    parts = Children(os.environ)
    parts.start("triage", SLEEP)
    before = parts.pids()["triage"]
    os.kill(before, signal.SIGKILL)
    _until(lambda: _looked(parts).get("triage", before) != before)
    parts.stop()
    parts.watch()
    _until(lambda: _gone(before))


def test_a_part_that_keeps_ending_is_started_ever_more_slowly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("rejoinder.plumbing.children.time.monotonic", lambda: now[0])
    parts = Children(os.environ)
    parts.start("send", [sys.executable, "-c", ""])
    child = parts._children[0]
    pauses = []
    for _ in range(8):
        assert child.process is not None
        child.process.wait()
        parts.look()
        pauses.append(child.again_at - now[0])
        now[0] = child.again_at
        parts.look()
    assert pauses == [0, 1, 3, 7, 15, 30, 30, 30]
    assert child.process is not None
    child.process.wait()


PARENT = """
import os, sys
from rejoinder.plumbing.children import Children
parts = Children(os.environ)
parts.start("web", [sys.executable, "-c", '''
from rejoinder.plumbing.children import end_with_parent
import time
end_with_parent()
print("up", flush=True)
time.sleep(60)
'''])
print(parts.pids()["web"], flush=True)
parts.watch()
"""


def test_parts_end_when_the_parent_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout is not None
        child = int(up.stdout.readline())
        assert up.stdout.readline() == "up\n"
        up.kill()
        up.wait()
        _until(lambda: _gone(child))
