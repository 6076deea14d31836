"""Processes that open at once and are killed: nobody was handed what the ledger does not have."""

import os
import subprocess
import sys
import time
from collections import Counter
from typing import NamedTuple

import pytest

from tests.databases import empty_database

pytestmark = pytest.mark.tables

PROCESSES, TIMES = 4, "25"
PATIENCE = 300  # seconds, on a busy machine
MARKS = ("vault.deciding", "vault.written")


class Desk(NamedTuple):
    """A desk in a folder of its own, and the pseudonyms of its people."""

    environment: dict[str, str]
    names: list[str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    environment = os.environ | {
        "REJOINDER_DATA": str(tmp_path_factory.mktemp("openings") / "desk"),
        "REJOINDER_DATABASE_URL": empty_database(),
        "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
    }
    migrate = [sys.executable, "-m", "rejoinder.cli", "migrate"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True, timeout=PATIENCE)
    return Desk(environment, lines(begin(environment, "prepare")))


def begin(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.opening", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def lines(process: subprocess.Popen[str]) -> list[str]:
    return process.communicate(timeout=PATIENCE)[0].splitlines()


def told(desk: Desk, *seeds: str) -> Counter[str]:
    """What the ledger has of these jobs, as “seed name”; it must be whole."""
    *entries, problems = lines(begin(desk.environment, "told"))
    assert problems == "problems 0"
    return Counter(entry for entry in entries if entry.split()[0] in seeds)


def test_of_processes_that_are_killed_no_opening_is_missing(desk: Desk) -> None:
    seeds = [str(seed) for seed in range(PROCESSES)]
    asking = [begin(desk.environment, "ask", seed, TIMES, *desk.names) for seed in seeds]
    killed = [_killed(process, 0.05 * number) for number, process in enumerate(asking[:2])]
    had: Counter[str] = Counter()
    open_still: Counter[str] = Counter()
    for seed, heard in enumerate([*killed, *(lines(process) for process in asking[2:])]):
        said = [line.split() for line in heard]
        had += Counter(f"{seed} {name}" for word, name in said if word == "had")
        if said and said[-1][0] == "ask":
            open_still[f"{seed} {said[-1][1]}"] += 1
    found = told(desk, *seeds)
    assert had <= found
    # The one that each was asking for when it died may be in the ledger; nothing else is.
    assert found - had <= open_still


def _killed(process: subprocess.Popen[str], after: float) -> list[str]:
    """What it said until it was killed, some time after it began to ask; whole lines."""
    assert process.stdout is not None
    with process.stdout as out:
        first = out.readline()
        time.sleep(after)
        process.kill()
        rest = out.read()
    process.wait()
    return [first.strip(), *rest[: rest.rfind("\n") + 1].splitlines()]


@pytest.mark.parametrize("mark", MARKS)
def test_killed_at_every_step_nobody_has_what_is_not_written(desk: Desk, mark: str) -> None:
    name, seed = desk.names[0], str(100 + MARKS.index(mark))
    dying = desk.environment | {"REJOINDER_KILL_AT": mark}
    assert lines(begin(dying, "ask", seed, "1", name)) == [f"ask {name}"]
    assert sum(told(desk, seed).values()) == (mark == "vault.written")
    said = lines(begin(desk.environment, "ask", "200", "1", name))
    assert said == [f"ask {name}", f"had {name}"]
