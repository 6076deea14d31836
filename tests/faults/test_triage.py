"""A real triage, killed at every marked step, locked out, out of disk: nothing lost or twice."""

import json
import os
import re
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import rejoinder
from tests import apart
from tests.faults.hearing import POSTS
from tests.faults.kept import state

pytestmark = pytest.mark.tables

TRIAGE = ("triage.read", "triage.prepared", "triage.written", "triage.committed")
IMPORT = ("import.written", "import.committed")
LISTEN = ("listen.heard", "listen.appended", "listen.acknowledged")  # see test_listener
RECORDINGS = ("voices.sealed",)  # see test_recordings


def killed(desk: dict[str, str], mark: str, *words: str) -> None:
    """Run a command of the desk until it dies at the mark."""
    process = apart.python(desk | {"REJOINDER_KILL_AT": mark}, "-m", "rejoinder.cli", *words)
    process.communicate(timeout=apart.PATIENCE)
    assert process.returncode == -signal.SIGKILL, f"never came to {mark}"


@contextmanager
def running(desk: dict[str, str], part: str) -> Iterator["subprocess.Popen[str]"]:
    """A part of the desk, ended politely afterwards."""
    process = apart.python(desk, "-m", "rejoinder.cli", part)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=apart.PATIENCE)
        # By the signal itself, if it came before the part had begun.
        assert process.returncode in {0, -signal.SIGTERM}


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    """A desk that heard a lot and kept nothing of it yet."""
    made = apart.desk(tmp_path)
    apart.said(made, "-m", "tests.faults.hearing", "fill")
    return made


def the_rest_is_kept_once(desk: dict[str, str]) -> None:
    with running(desk, "triage"):
        apart.until(lambda: len(state(desk).ids) >= POSTS, "all is kept")
        apart.until(lambda: "no bars" in state(desk).texts, "the edit follows")
    found = state(desk)
    assert sorted(map(int, found.ids)) == list(range(POSTS))
    assert found.counted == POSTS
    assert found.texts[7] == ""
    assert found.searched == POSTS - 2, "all but the deleted and the edited one"
    assert found.waiting > 0


@pytest.mark.parametrize("mark", TRIAGE)
def test_triage_killed_at_any_step_loses_nothing_and_keeps_nothing_twice(
    desk: dict[str, str], mark: str
) -> None:
    killed(desk, mark, "triage")
    assert len(state(desk).ids) < POSTS
    the_rest_is_kept_once(desk)


@pytest.mark.parametrize("mark", IMPORT)
def test_an_import_killed_at_any_step_goes_on(tmp_path: Path, mark: str) -> None:
    desk = apart.desk(tmp_path)
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(f'{{"id": {n}, "text": "no signal {n}"}}\n' for n in range(POSTS)))
    words = ("import", str(file), "--channel", "old", "--json")
    killed(desk, mark, *words)
    said = apart.said(desk, "-m", "rejoinder.cli", *words)
    assert json.loads(said) == {"read": POSTS, "kept": POSTS, "duplicates": 0, "refused": 0}
    assert sorted(map(int, state(desk).ids)) == list(range(POSTS))


def test_triage_waits_for_a_database_that_another_process_holds(desk: dict[str, str]) -> None:
    holding = apart.python(desk, "-m", "tests.faults.hearing", "lock", "3")
    assert holding.stdout is not None
    assert holding.stdout.readline() == "locked\n"
    the_rest_is_kept_once(desk)
    holding.communicate(timeout=apart.PATIENCE)


# On PostgreSQL the rows are on the server's disk, which is not triage's to fill.
if not os.environ.get("REJOINDER_DATABASE_URL"):

    def test_a_full_disk_stops_triage_until_there_is_room(desk: dict[str, str]) -> None:
        with running(desk, "triage") as process:
            size = (Path(desk["REJOINDER_DATA"]) / "desk.sqlite3").stat().st_size
            # As good as a full disk to this process: no file grows beyond this.
            resource.prlimit(
                process.pid, resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY)
            )
            apart.until(lambda: process.poll() is None and _idle(process.pid), "it stands still")
            few = len(state(desk).ids)
            resource.prlimit(
                process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            )
            apart.until(lambda: len(state(desk).ids) >= POSTS, "it goes on")
            assert few < POSTS
        the_rest_is_kept_once(desk)


def _idle(pid: int) -> bool:
    """Whether the process sleeps."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def test_every_marked_step_of_listening_is_tried() -> None:
    room = Path(rejoinder.__file__).parent / "listening"
    marks = {
        mark
        for file in room.rglob("*.py")
        for mark in re.findall(r'fault\.step\("([^"]+)"\)', file.read_text())
    }
    assert marks == {*TRIAGE, *IMPORT, *LISTEN, *RECORDINGS}
