"""The real work process, killed as somebody's telephone was to ring: it does not ring later."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests import apart
from tests.simulators.asterisk.server import PASSWORD, USER
from tests.simulators.client import Simulator, running

pytestmark = pytest.mark.tables
WORK = ("-m", "rejoinder.cli", "work")


def test_killed_as_they_were_to_be_rung_nobody_rings_them_later(tmp_path: Path) -> None:
    desk = apart.desk(tmp_path) | {"REJOINDER_ALLOW_PRIVATE": "127.0.0.1"}
    with running("asterisk") as exchange:
        apart.said(desk, "-m", "tests.faults.calling", "dial", exchange.url, USER, PASSWORD)
        killed = apart.python(desk | {"REJOINDER_KILL_AT": "call.ringing"}, *WORK)
        apart.until(lambda: bool(_lines(exchange)), "the telephone at the desk rings")
        [line] = _lines(exchange)
        exchange.control("lifts", line=line)
        killed.communicate(timeout=apart.PATIENCE)
        assert killed.returncode == -signal.SIGKILL
        assert _standing(desk) == ["them", ""]
        again = apart.python(desk, *WORK)
        apart.until(lambda: _standing(desk) == ["ended", "trouble"], "the call has ended")
        again.terminate()
        again.communicate(timeout=apart.PATIENCE)
        assert list(exchange.control("dialled")["dialled"]) == [line]
        assert not _lines(exchange)


def _lines(exchange: Simulator) -> list[str]:
    """The lines that are open there."""
    return list(exchange.control("dialled")["lines"])


def _standing(desk: dict[str, str]) -> Any:
    """Where the call is, and how it ended."""
    return json.loads(apart.said(desk, "-m", "tests.faults.calling", "dialled"))
